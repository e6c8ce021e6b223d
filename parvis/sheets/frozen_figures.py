"""The figures that the leads were shown, as they are read again; and what came after them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from parvis.consultations.enums import OpStatus
from parvis.consultations.models import OutboxOp
from parvis.sheets.models import ActionSheet, FrozenFigures, Opinion, ResultsRelease
from parvis.sheets.results import CountedSheet, counted_sheet


def frozen_figures(sheets: QuerySet[ActionSheet]) -> list[tuple[CountedSheet, dict[str, Any]]]:
    """Those of `sheets` whose figures were frozen, by number, each with what may be told of it. Two queries."""
    rows = FrozenFigures.objects.filter(sheet__in=sheets.order_by()).select_related("sheet__lead")
    ordered = rows.prefetch_related("sheet__themes").order_by("sheet__number", "sheet_id")
    return [(counted_sheet(row.sheet), row.shown) for row in ordered]


def count_waiting(release: ResultsRelease) -> int:
    """How many opinions came, or changed, after the figures were frozen: they wait for the next campaign."""
    if release.shared_with_leads_at is None:
        return 0
    here = release.consultation_id
    later = Opinion.objects.filter(sheet__consultation=here, updated_at__gt=release.shared_with_leads_at)
    late = OutboxOp.objects.filter(participant__consultation=here, kind="opinion", status=OpStatus.LATE)
    return later.exclude(value="").count() + late.count()
