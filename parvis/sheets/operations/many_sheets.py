"""One gesture on many sheets: to whom they are shown, who may read them, their themes, hiding, deleting.

Each sheet that changed has its own entry in the journal: whoever looks for one finds what was done to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from parvis.consultations.enums import Audience
from parvis.consultations.models import Consultation, OutboxOp, Theme
from parvis.core import clock, journal
from parvis.core.signals import content_hidden
from parvis.people.models import FollowUpConsent, User
from parvis.sheets.enums import SheetState
from parvis.sheets.models import ActionSheet, FrozenFigures, LeadReply, Opinion, Position, Tally

_KEPT_APART: Final = (Audience.RESTRICTED, Audience.TEAM)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many sheets changed, and the titles of those that the gesture leaves as they are."""

    changed: int
    left: tuple[str, ...] = ()


def _locked(consultation: Consultation, codes: Sequence[str]) -> QuerySet[ActionSheet]:
    return ActionSheet.objects.select_for_update().filter(consultation=consultation, code__in=codes).order_by("pk")


@transaction.atomic
def show_many(actor: User, consultation: Consultation, codes: Sequence[str]) -> Outcome:
    """Show to the partners those that are not."""
    sheets = list(_locked(consultation, codes).exclude(state=SheetState.READY))
    return _set_state(actor, sheets, SheetState.READY, "show_sheet")


@transaction.atomic
def withdraw_many(actor: User, consultation: Consultation, codes: Sequence[str]) -> Outcome:
    """Take back from the partners those that they read. Their opinions are kept."""
    sheets = list(_locked(consultation, codes).filter(state=SheetState.READY))
    return _set_state(actor, sheets, SheetState.WITHDRAWN, "withdraw_sheet")


def _set_state(actor: User, sheets: list[ActionSheet], state: SheetState, verb: str) -> Outcome:
    ActionSheet.objects.filter(pk__in=[sheet.pk for sheet in sheets]).update(state=state)
    journal.record_all(actor, verb, [(sheet, {}) for sheet in sheets])
    return Outcome(len(sheets))


@transaction.atomic
def set_audience_of_many(actor: User, consultation: Consultation, codes: Sequence[str], audience: Audience) -> Outcome:
    """Say who may read them. Those kept for a group or for the team are opened wider one by one, each on its page."""
    sheets = list(_locked(consultation, codes).exclude(audience=audience))
    order = list(Audience)
    left = [
        sheet for sheet in sheets
        if sheet.audience in _KEPT_APART and order.index(audience) < order.index(Audience(sheet.audience))
    ]  # fmt: skip
    changed = [sheet for sheet in sheets if sheet not in left]
    ActionSheet.objects.filter(pk__in=[sheet.pk for sheet in changed]).update(audience=audience)
    journal.record_all(actor, "set_sheet_audience", [(sheet, {"audience": audience}) for sheet in changed])
    return Outcome(len(changed), tuple(sheet.title for sheet in left))


@transaction.atomic
def add_theme_to_many(actor: User, consultation: Consultation, codes: Sequence[str], theme: Theme) -> Outcome:
    """Put them under one more theme."""
    sheets = list(_locked(consultation, codes).exclude(themes=theme))
    links = ActionSheet.themes.through
    links.objects.bulk_create(links(actionsheet=sheet, theme=theme) for sheet in sheets)
    journal.record_all(actor, "add_sheet_theme", [(sheet, {"theme": theme.code}) for sheet in sheets])
    return Outcome(len(sheets))


@transaction.atomic
def remove_theme_from_many(actor: User, consultation: Consultation, codes: Sequence[str], theme: Theme) -> Outcome:
    """Take them out of a theme. One that has no other keeps it: without a theme it would be shown to everyone."""
    sheets = list(_locked(consultation, codes).filter(themes=theme))
    others = ActionSheet.themes.through.objects.filter(actionsheet__in=[sheet.pk for sheet in sheets])
    kept = set(others.exclude(theme=theme).values_list("actionsheet_id", flat=True))
    changed = [sheet for sheet in sheets if sheet.pk in kept]
    ActionSheet.themes.through.objects.filter(theme=theme, actionsheet__in=[sheet.pk for sheet in changed]).delete()
    journal.record_all(actor, "remove_sheet_theme", [(sheet, {"theme": theme.code}) for sheet in changed])
    return Outcome(len(changed), tuple(sheet.title for sheet in sheets if sheet.pk not in kept))


@transaction.atomic
def hide_many(actor: User, consultation: Consultation, codes: Sequence[str], *, hidden: bool) -> Outcome:
    """Take them off every page, file and count, or show them again."""
    sheets = list(_locked(consultation, codes).filter(hidden_at__isnull=hidden))
    ActionSheet.objects.filter(pk__in=[sheet.pk for sheet in sheets]).update(hidden_at=clock.now() if hidden else None)
    journal.record_all(actor, "hide_sheet" if hidden else "restore_sheet", [(sheet, {}) for sheet in sheets])
    for sheet in sheets:
        content_hidden.send(sender=ActionSheet, kind="sheet", code=sheet.code)
    return Outcome(len(sheets))


def spoken_of(consultation: Consultation) -> Q:
    """The sheets on which something was said or decided, even taken back since: the record of it must not go."""
    said = Q(pk__in=[])
    for model in (Opinion, Position, Tally, LeadReply, FrozenFigures):
        said |= Q(Exists(model._default_manager.filter(sheet=OuterRef("pk")).order_by()))
    sent = OutboxOp.objects.filter(participant__consultation=consultation, kind="opinion").order_by()
    asked = FollowUpConsent.objects.filter(subject__startswith="sheet:").order_by()
    named = {code for pair in sent.values_list("log__sheet", "content__sheet").distinct() for code in pair if code}
    named |= {subject.partition(":")[2] for subject in asked.values_list("subject", flat=True)}
    return said | Q(code__in=named)


@transaction.atomic
def delete_many(actor: User, consultation: Consultation, codes: Sequence[str]) -> Outcome:
    """Delete for good those of which nothing was said; the others are left, to be hidden instead."""
    sheets = list(_locked(consultation, codes))
    kept = set(_locked(consultation, codes).filter(spoken_of(consultation)).values_list("pk", flat=True))
    gone = [sheet for sheet in sheets if sheet.pk not in kept]
    journal.record_all(actor, "delete_sheet", [(sheet, {"number": sheet.number}) for sheet in gone])
    ActionSheet.objects.filter(pk__in=[sheet.pk for sheet in gone]).delete()
    for sheet in gone:
        content_hidden.send(sender=ActionSheet, kind="sheet", code=sheet.code)
    return Outcome(len(gone), tuple(sheet.title for sheet in sheets if sheet.pk in kept))
