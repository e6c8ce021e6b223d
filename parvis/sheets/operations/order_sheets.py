"""The order of the sheets, which is their number: what partners read first, what is typed from a paper booklet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import transaction
from django.db.models import F

from parvis.consultations.models import Consultation
from parvis.core import journal
from parvis.core.bulk_write import update_rows
from parvis.core.errors import RefusedInput
from parvis.people.models import User
from parvis.sheets.models import ActionSheet, Opinion, Tally

_APART: Final = 16_000
"""Added to the numbers that move while they change: two sheets never bear the same one, even for a moment."""
NUMBERS_ARE_KNOWN: Final = (
    "Des avis ont déjà été donnés, et les carnets imprimés portent ces numéros : l'ordre ne change plus."
)


def order_may_change(consultation: Consultation) -> bool:
    """As long as nobody answered by these numbers."""
    return not (
        Opinion.objects.filter(sheet__consultation=consultation).exists()
        or Tally.objects.filter(sheet__consultation=consultation).exists()
    )


@transaction.atomic
def step_sheet(actor: User, consultation: Consultation, code: str, *, down: bool) -> int:
    """Move a sheet one place up or down. Returns how many sheets took another number."""
    sheets = _locked(consultation)
    place = next((rank for rank, sheet in enumerate(sheets) if sheet.code == code), None)
    there = place + (1 if down else -1) if place is not None else -1
    if place is None or not 0 <= there < len(sheets):
        return 0
    return _write(actor, sheets, _moved(sheets, place, there))


@transaction.atomic
def place_sheets(actor: User, consultation: Consultation, wanted: Mapping[str, int]) -> int:
    """Give sheets the number that was typed; those between move by one. Returns how many took another number."""
    sheets = _locked(consultation)
    numbers = [sheet.number for sheet in sheets]
    now = {sheet.code: sheet.number for sheet in sheets}
    ordered = sheets
    for code, number in sorted(wanted.items(), key=lambda item: item[1]):
        if code in now and number != now[code]:
            place = next(rank for rank, sheet in enumerate(ordered) if sheet.code == code)
            there = next((rank for rank, taken in enumerate(numbers) if taken >= number), len(numbers) - 1)
            ordered = _moved(ordered, place, there)
    return _write(actor, sheets, ordered)


def _locked(consultation: Consultation) -> list[ActionSheet]:
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    if not order_may_change(consultation):
        raise RefusedInput(NUMBERS_ARE_KNOWN)
    return list(ActionSheet.objects.filter(consultation=consultation).order_by("number", "pk"))


def _moved(sheets: list[ActionSheet], place: int, there: int) -> list[ActionSheet]:
    others = [sheet for rank, sheet in enumerate(sheets) if rank != place]
    return [*others[:there], sheets[place], *others[there:]]


def _write(actor: User, before: list[ActionSheet], after: list[ActionSheet]) -> int:
    """The same numbers, given in the order of `after`."""
    numbers = [sheet.number for sheet in before]
    renumbered = [(sheet, number) for sheet, number in zip(after, numbers, strict=True) if sheet.number != number]
    rows = [sheet for sheet, _ in renumbered]
    ActionSheet.objects.filter(pk__in=[sheet.pk for sheet in rows]).update(number=F("number") + _APART)
    for sheet, number in renumbered:
        sheet.number = number
    update_rows(rows, ["number"])
    journal.record_all(actor, "renumber_sheet", [(sheet, {"number": sheet.number}) for sheet in rows])
    return len(rows)
