"""What each circle of readers is shown of an action, from what is frozen of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parvis.gathering.results.in_words import in_words
from parvis.gathering.results.old_tables import old_columns, old_known, old_rows
from parvis.gathering.results.published import PublishedSheet
from parvis.insight.shown import Shown
from parvis.sheets.enums import CommitteesDetail, LeadsDetail
from parvis.sheets.results import CountedSheet
from parvis.sheets.shown_data import read_shown


def as_lead_reads(sheet: CountedSheet, frozen: Mapping[str, Any], detail: str) -> PublishedSheet:
    """Both questions on her own action; the four values stay with the committees."""
    return _sheet(sheet, frozen, with_appreciation=detail == LeadsDetail.BOTH, with_values=False)


def as_committee_reads(sheet: CountedSheet, frozen: Mapping[str, Any], detail: str) -> PublishedSheet:
    """Both questions, and the four values if the consultation tells the detail."""
    both = detail != CommitteesDetail.AWARENESS
    return _sheet(sheet, frozen, with_appreciation=both, with_values=detail == CommitteesDetail.FULL)


def _sheet(
    sheet: CountedSheet, frozen: Mapping[str, Any], *, with_appreciation: bool, with_values: bool
) -> PublishedSheet:
    """Figures frozen before the two questions keep the table that was shown then."""
    table, whole = frozen.get("table"), read_shown(frozen)
    shown = Shown(
        whole.awareness, whole.appreciation if with_appreciation else None, whole.values if with_values else None
    )
    return PublishedSheet(
        code=sheet.code,
        number=sheet.number,
        title=sheet.title,
        theme=sheet.theme,
        lead=sheet.lead,
        shown=shown,
        figures=None if table else in_words(shown),
        known=old_known(table) if table else "",
        columns=old_columns() if table else (),
        rows=old_rows(table) if table else (),
        reply="",
    )
