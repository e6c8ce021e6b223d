"""What the results publish: of each sheet that anyone may read, who knows it, and the reply of its lead; then what is
thought of the actions, by theme unless the steering committee decided that it is told action by action."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

from parvis.insight.shown import LEAST_ANSWERS, Shown, together
from parvis.publishing.content import Content, FrozenLine
from parvis.sheets.enums import PublicDetail, ResultsRole
from parvis.sheets.results import CountedSheet
from parvis.sheets.shown_data import Data, appreciation_data, shown_data

FORMAT: Final = "results/2"
"""The first had masked tables by college: those editions are still read (`gathering.results.old_tables`)."""

LEAST_ACTIONS: Final = 2
"""Actions counted, for what is thought of a theme where actions are not published one by one."""


@dataclass(frozen=True, slots=True)
class ResultsSource:
    """All that an edition of results is built from. `shown`, `replies`: code of the sheet → its figures, its text."""

    consultation: str
    title: str
    detail: PublicDetail
    sheets: tuple[CountedSheet, ...]
    shown: dict[str, Shown]
    replies: dict[str, str]


def figures_reference(sheet_code: str) -> str:
    """The name of the figures of a sheet among the lines of an edition."""
    return f"results:{sheet_code}"


def reply_reference(sheet_code: str) -> str:
    """The name of the reply of its lead among the lines of an edition."""
    return f"lead_reply:{sheet_code}"


def theme_reference(consultation: str, rank: int) -> str:
    """The name of the figures of a theme, from its rank among the themes of the edition."""
    return f"results_theme:{consultation}:{rank}"


def results_content(source: ResultsSource) -> Content:
    """Header and lines of the edition."""
    by_action = source.detail == PublicDetail.BY_ACTION
    lines = []
    for sheet in source.sheets:
        content = figures_content(sheet, source.shown[sheet.code], with_appreciation=by_action)
        lines.append(FrozenLine(ResultsRole.FIGURES, figures_reference(sheet.code), content))
        if sheet.code in source.replies:
            reply = {"text": source.replies[sheet.code]}
            lines.append(FrozenLine(ResultsRole.REPLY, reply_reference(sheet.code), reply))
    if source.detail != PublicDetail.AWARENESS:
        lines.extend(
            FrozenLine(ResultsRole.THEME, theme_reference(source.consultation, rank), content)
            for rank, content in enumerate(theme_contents(source), start=1)
        )
    header = {
        "title": f"Ce qu'en pensent les partenaires : {source.title}",
        "consultation": source.consultation,
        "format": FORMAT,
        "unit": "organisations",
        "detail": str(source.detail),
        "minimum": LEAST_ANSWERS,
    }
    return Content(header, tuple(lines))


def figures_content(sheet: CountedSheet, shown: Shown, *, with_appreciation: bool) -> dict[str, Any]:
    """The figures of one sheet, as its line of the edition has them."""
    told = Shown(shown.awareness, shown.appreciation if with_appreciation else None, None)
    return {
        "sheet": sheet.code,
        "number": sheet.number,
        "title": sheet.title,
        "theme": sheet.theme,
        "lead": sheet.lead,
        **shown_data(told),
    }


def theme_contents(source: ResultsSource) -> list[Data]:
    """For each theme in the order of its first action: its name, and the actions counted summed as each is shown.

    One action alone is no sum: what is thought of it is the public's only where actions are published one by one.
    """
    least = 1 if source.detail == PublicDetail.BY_ACTION else LEAST_ACTIONS
    by_theme: dict[str, list[CountedSheet]] = defaultdict(list)
    for sheet in source.sheets:
        for theme in sheet.themes:
            by_theme[theme].append(sheet)
    contents = []
    for theme, sheets in by_theme.items():
        parts = [part for sheet in sheets if (part := source.shown[sheet.code].appreciation) is not None]
        whole = appreciation_data(together(parts)) if len(parts) >= least else None
        contents.append({"theme": theme, "actions": len(sheets), "counted": len(parts), "appreciation": whole})
    return contents
