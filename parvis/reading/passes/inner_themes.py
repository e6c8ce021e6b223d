"""Themes under a kind ("Défis", then "Emploi :" and its list, then "Santé :" and its list)."""

from __future__ import annotations

from parvis.reading.markers import value_of
from parvis.reading.passes.rows import Row
from parvis.reading.passes.sections import Section
from parvis.reading.passes.themes import looks_like_heading
from parvis.reading.theme_names import announces_theme, clean_theme, is_theme


def split_inner_themes(section: Section) -> list[Section]:
    """The section, or one for each theme that its plain lines name."""
    if not section.marked:
        return [section]
    places = [index for index in range(len(section.rows)) if _heads_list(section.rows, index)]
    named = [
        index
        for index in places
        if is_theme(section.rows[index].text.rstrip(":")) or announces_theme(section.rows[index].run.text)
    ]
    inverted = section.theme is None and bool(places) and places[0] == 0 and len(named) * 2 >= len(places)
    cuts = places if inverted else named if section.theme is None or _restarts(section.rows, named) else []
    if not cuts:
        return [section]
    parts: list[Section] = []
    if cuts[0] > 0:
        parts.append(Section(section.theme, section.kind, section.rows[: cuts[0]], section.doubt))
    for start, stop in zip(cuts, [*cuts[1:], len(section.rows)], strict=True):
        row = section.rows[start]
        row.role = "heading"
        doubt = section.doubt
        if section.theme is not None:
            doubt = "La thématique change sans nouvelle rubrique : vérifiez le genre de cette contribution."
        parts.append(Section(clean_theme(row.text), section.kind, section.rows[start + 1 : stop], doubt))
    return parts


def _heads_list(rows: list[Row], index: int) -> bool:
    """A plain short line right above the start of a list."""
    row = rows[index]
    if row.marker is not None or row.kind is not None or index + 1 >= len(rows) or not looks_like_heading(row):
        return False
    below = rows[index + 1].marker
    if below is None or below.shape == "arrow":
        return False
    return value_of(below) in (None, 1)


def _restarts(rows: list[Row], places: list[int]) -> bool:
    """Whether each of the lines stands between two lists that both start at 1."""
    return bool(places) and all(value_of(rows[index + 1].marker) == 1 for index in places)
