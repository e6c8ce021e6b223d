"""The figures that the leads were shown, as they are read again; and what came after them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from parvis.consultations.counted import counted
from parvis.consultations.enums import OpStatus
from parvis.consultations.models import Consultation, OutboxOp
from parvis.sheets.models import ActionSheet, FrozenFigures, Opinion, ResultsRelease
from parvis.sheets.results import CountedSheet, counted_sheet
from parvis.sheets.rules import NOT_HIDDEN


def frozen_figures(sheets: QuerySet[ActionSheet]) -> list[tuple[CountedSheet, dict[str, Any]]]:
    """Those of `sheets` whose figures were frozen, by number, each with what may be told of it. Two queries."""
    rows = FrozenFigures.objects.filter(sheet__in=sheets.order_by()).select_related("sheet__lead")
    ordered = rows.prefetch_related("sheet__themes").order_by("sheet__number", "sheet_id")
    return [(counted_sheet(row.sheet), row.shown) for row in ordered]


def count_waiting(release: ResultsRelease) -> int:
    """How many opinions of people who count came, changed, or began to count after the figures were frozen, and how
    many came late: they wait for the next campaign."""
    frozen_at = release.shared_with_leads_at
    if frozen_at is None:
        return 0
    here = release.consultation_id
    later = Opinion.objects.filter(
        Q(updated_at__gt=frozen_at) | Q(participant__decided_at__gt=frozen_at),
        NOT_HIDDEN, counted("participant__"), sheet__consultation=here,
    )  # fmt: skip
    late = OutboxOp.objects.filter(
        counted("participant__"), participant__consultation=here, kind="opinion", status=OpStatus.LATE
    )
    return later.exclude(value="").count() + late.count()


def hold_figures(consultation: int) -> None:
    """Until the transaction ends, nobody else freezes the figures of this consultation, nor counts a late opinion."""
    Consultation.objects.select_for_update(no_key=True).get(pk=consultation)
