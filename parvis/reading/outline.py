"""The runs of a source → a report: the passes in order, then every row in exactly one place."""

from __future__ import annotations

import re
from typing import Final

from parvis.reading.line_roles import is_document
from parvis.reading.model import Child, Item, Report, Role, Source, Unassigned
from parvis.reading.passes.furniture import is_blank_form, mark_furniture
from parvis.reading.passes.headings import mark_kinds
from parvis.reading.passes.inner_themes import split_inner_themes
from parvis.reading.passes.items import Draft, build
from parvis.reading.passes.listed_headings import mark_listed_headings
from parvis.reading.passes.numbering import confidence, doubt_numbers
from parvis.reading.passes.rows import Row, rows_of
from parvis.reading.passes.running_lists import split_running_lists
from parvis.reading.passes.sections import Section, cut_sections
from parvis.reading.runs import SourceRuns

NOTHING: Final = (
    "Aucune rubrique de défis, d'atouts ou de propositions n'a été trouvée : rien n'est importé. "
    "Ajoutez ces intertitres dans le texte, ou rangez les passages à la main."
)
FORM: Final = "C'est un questionnaire à remplir, pas un compte-rendu : rien n'est importé."
EMPTY: Final = "Des rubriques ont été trouvées, mais aucune contribution dessous : vérifiez que le fichier est complet."
_VOTES: Final = re.compile(
    r"(?<![\d,.])(\d{1,5})\s?(?:votes?|voix|gommettes?|pastilles?|points?\b(?! de)|soutiens?)\s?[)\]]?\s?[.;]?$",
    re.IGNORECASE,
)


def make_report(source_runs: SourceRuns, name: str, warnings: list[str]) -> Report:
    """Reads the outline of a source and places all of it."""
    rows, signs = rows_of(source_runs)
    mark_furniture(rows)
    blank_form = is_blank_form(rows)
    if not blank_form:
        mark_listed_headings(rows)
        rows = mark_kinds(rows)
    sections = [part for section in cut_sections(rows) for part in split_inner_themes(section)]
    rows = _run_on(rows, sections)
    drafts: list[Draft] = []
    gathered: dict[tuple[str | None, str], list[Draft]] = {}
    for section in sections:
        section_drafts = build(section)
        if section.rows and section.rows[0].run.column_head:
            # The cells of one column of a table make one list, though rows part them.
            gathered.setdefault((section.theme, section.kind), []).extend(section_drafts)
        else:
            doubt_numbers(section_drafts)
        drafts.extend(section_drafts)
    for column in gathered.values():
        doubt_numbers(column)
    title = _title(rows, source_runs.title)
    items = tuple(_item(draft) for draft in drafts)
    taken = {id(row) for draft in drafts for row in draft.rows}
    all_warnings = [*warnings, *source_runs.warnings, *([FORM] if blank_form else _warnings(rows, items, taken))]
    pieces = _unassigned(rows, taken, signs)
    source = Source(name, source_runs.format, len(source_runs.lines))
    return Report(source, title, items, pieces, tuple(all_warnings), source_runs.lines)


def _run_on(rows: list[Row], sections: list[Section]) -> list[Row]:
    """Cuts the running lists of the sections, and gives the rows again with their parts."""
    cut: dict[int, list[Row]] = {}
    for section in sections:
        parts = [] if section.marked else split_running_lists(section.rows)
        if parts:
            cut.update((id(row), part) for row, part in zip(section.rows, parts, strict=True))
            section.rows = [row for part in parts for row in part]
    return [part for row in rows for part in cut.get(id(row), [row])]


def _item(draft: Draft) -> Item:
    piece = draft.piece
    votes = _VOTES.search(piece.text[-60:])
    doubts = list(dict.fromkeys(draft.doubts))
    return Item(
        theme=draft.theme,
        kind=draft.kind,
        number=draft.number,
        marker=piece.marker,
        text=piece.text,
        line=piece.row.line,
        column=piece.row.column,
        last_line=piece.last_line,
        votes=int(votes.group(1)) if votes else None,
        confidence=confidence(draft),
        doubt=" ".join(doubts) or None,
        children=tuple(Child(sub.marker, sub.text, sub.row.line, sub.last_line) for sub in draft.children),
        conclusion=draft.conclusion,
    )


def _title(rows: list[Row], given: str | None) -> str | None:
    """The title: the one the format gives, else the best of the short lines that open the text."""
    heading = next((row for row in rows if row.role == "title" and row.run.heading), None)
    if given is not None:
        if heading is not None and heading.text != given:
            heading.role = "heading"
        return given
    if heading is not None:
        return heading.text
    opening: list[Row] = []
    for row in rows:
        if row.role == "furniture":
            continue
        if row.role is not None or row.kind is not None or row.marker is not None or not _may_be_title(row.text):
            break
        opening.append(row)
    if not opening:
        return None
    # Of two that are worth the same, the longer says more.
    best = max(opening, key=lambda row: (_title_score(row.text), len(row.text)))
    best.role = "title"
    return best.text


def _may_be_title(text: str) -> bool:
    return 3 <= len(text) <= 160 and text[-1] not in ".;,:!…" and any(char.isalpha() for char in text)


def _title_score(text: str) -> int:
    score = 2 if is_document(text) else 0
    return score + (1 if len(text) >= 25 else 0) - (2 if text[0].isdigit() or ":" in text else 0)


def _unassigned(rows: list[Row], taken: set[int], signs: list[Unassigned]) -> tuple[Unassigned, ...]:
    """All that is in no item, in the order of the source."""
    begun = next((index for index, row in enumerate(rows) if id(row) in taken), len(rows))
    pieces: list[tuple[int, int, Unassigned]] = [(sign.line, 0, sign) for sign in signs]
    for index, row in enumerate(rows):
        if id(row) in taken:
            continue
        role: Role = row.role or ("preamble" if index < begun < len(rows) else "prose")
        pieces.append((row.line, row.column, Unassigned(row.line, row.whole, role)))
    return tuple(piece for _, _, piece in sorted(pieces, key=lambda entry: entry[:2]))


def _warnings(rows: list[Row], items: tuple[Item, ...], taken: set[int]) -> list[str]:
    headed = any(row.kind is not None for row in rows)
    if not headed:
        return [NOTHING]
    if not items:
        return [EMPTY]
    sentences: list[str] = []
    themes = sum(item.theme is None for item in items)
    if themes:
        subject = "Aucune contribution n'a" if themes == len(items) else f"{themes} contributions n'ont pas"
        sentences.append(f"{subject} de thématique : choisissez-la à la relecture.")
    loose = sum(row.role is None and row.marker is not None and id(row) not in taken for row in rows)
    if loose:
        sentences.append(f"{loose} lignes de liste ne sont sous aucune rubrique : elles ne sont pas importées.")
    return sentences
