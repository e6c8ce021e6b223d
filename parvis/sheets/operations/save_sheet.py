"""Writing an action sheet."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Max

from parvis.consultations.enums import Audience
from parvis.consultations.models import Consultation, Theme
from parvis.core import journal
from parvis.core.errors import RefusedInput
from parvis.core.text import fold
from parvis.people.models import Organisation, User
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
