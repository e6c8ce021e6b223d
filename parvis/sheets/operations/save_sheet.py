"""Writing an action sheet, showing it to partners, taking it back."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Max

from parvis.consultations.enums import Audience
from parvis.consultations.models import Consultation, Theme
from parvis.core import clock, journal
from parvis.core.errors import RefusedInput
from parvis.core.signals import content_hidden
from parvis.core.text import fold
from parvis.people.models import Organisation, User
from parvis.sheets.enums import SheetState
from parvis.sheets.models import ActionSheet
from parvis.territories.models import Territory

_AS_WRITTEN: Final = (
    "title", "summary", "public", "since", "budget", "text", "internal_note", "audience", "embargo_until"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SheetDetails:
    """What an agent writes of an action. `funding` holds (source, amount)."""

    title: str
    themes: Sequence[Theme]
    summary: str = ""
    territories: Sequence[Territory] = ()
    lead: Organisation | None = None
    lead_name: str = ""
    partners: Sequence[str] = ()
    public: str = ""
    since: str = ""
    budget: str = ""
    funding: Sequence[tuple[str, str]] = ()
    indicators: Sequence[str] = ()
    text: str = ""
    internal_note: str = ""
    audience: str = Audience.PARTNERS
    embargo_until: datetime.datetime | None = None


def details_of(sheet: ActionSheet) -> SheetDetails:
    """What stands, to be changed in part."""
    return SheetDetails(
        title=sheet.title, themes=list(sheet.themes.all()), summary=sheet.summary,
        territories=list(sheet.territories.all()), lead=sheet.lead, lead_name=sheet.lead_name, partners=sheet.partners,
        public=sheet.public, since=sheet.since, budget=sheet.budget,
        funding=[(line[0], line[1]) for line in sheet.funding], indicators=sheet.indicators, text=sheet.text,
        internal_note=sheet.internal_note, audience=sheet.audience, embargo_until=sheet.embargo_until,
    )  # fmt: skip


@transaction.atomic
def save_sheet(
    actor: User | None, consultation: Consultation, details: SheetDetails, sheet: ActionSheet | None = None
) -> ActionSheet:
    """Write a sheet, new when `sheet` is None. Raises `RefusedInput` when the title is already that of another."""
    key = fold(details.title)[:200]
    if not key:
        raise RefusedInput("Donnez à l'action un intitulé en lettres.")
    same = ActionSheet.objects.filter(consultation=consultation, sort_key=key)
    if (same if sheet is None else same.exclude(pk=sheet.pk)).exists():
        raise RefusedInput("Une fiche porte déjà cet intitulé : modifiez-la plutôt, ou changez un mot.")
    verb = "create_sheet" if sheet is None else "update_sheet"
    if sheet is None:
        sheet = ActionSheet(consultation=consultation, number=next_number(consultation))
    fill_sheet(sheet, details)
    sheet.save()
    sheet.themes.set(details.themes)
    sheet.territories.set(details.territories)
    journal.record(actor, verb, sheet, audience=sheet.audience)
    return sheet


def next_number(consultation: Consultation) -> int:
    """The number of the next sheet. Called inside a transaction: until its end, nobody else is given one."""
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    last: int | None = ActionSheet.objects.filter(consultation=consultation).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def fill_sheet(sheet: ActionSheet, details: SheetDetails) -> set[str]:
    """Write in memory the columns that `details` says; the names of those that differ."""
    wanted = {
        **{name: getattr(details, name) for name in _AS_WRITTEN},
        "lead_id": details.lead.pk if details.lead is not None else None,
        "lead_name": details.lead_name or (details.lead.name if details.lead is not None else ""),
        "partners": list(details.partners),
        "indicators": list(details.indicators),
        "funding": [list(line) for line in details.funding],
    }
    differs = {name for name, value in wanted.items() if getattr(sheet, name) != value}
    for name in differs:
        setattr(sheet, name, wanted[name])
    return differs


@transaction.atomic
def show_sheets(actor: User, consultation: Consultation, codes: Sequence[str]) -> int:
    """Show drafts to the partners. Returns how many."""
    drafts = ActionSheet.objects.filter(consultation=consultation, code__in=codes).exclude(state=SheetState.READY)
    count = drafts.update(state=SheetState.READY)
    journal.record(actor, "show_sheets", consultation, count=count)
    return count


@transaction.atomic
def open_sheets(actor: User, consultation: Consultation, codes: Sequence[str]) -> int:
    """Let everyone read sheets that the partners read, so that their results may be published. Returns how many.

    Those kept for a group or for the team are opened one by one, on their own page.
    """
    shown = ActionSheet.objects.filter(consultation=consultation, code__in=codes, state=SheetState.READY)
    count = shown.filter(audience=Audience.PARTNERS).update(audience=Audience.PUBLIC)
    journal.record(actor, "open_sheets", consultation, count=count)
    return count


@transaction.atomic
def withdraw_sheet(actor: User, sheet: ActionSheet) -> None:
    """Take a sheet back from the partners. Their opinions are kept."""
    ActionSheet.objects.filter(pk=sheet.pk).update(state=SheetState.WITHDRAWN)
    journal.record(actor, "withdraw_sheet", sheet)


@transaction.atomic
def hide_sheet(actor: User, sheet: ActionSheet, *, hidden: bool) -> None:
    """Take a sheet off every page and file, or show it again."""
    ActionSheet.objects.filter(pk=sheet.pk).update(hidden_at=clock.now() if hidden else None)
    journal.record(actor, "hide_sheet" if hidden else "restore_sheet", sheet)
    content_hidden.send(sender=ActionSheet, kind="sheet", code=sheet.code)
