"""Which rows are headings of kind, and which carry their kind with them ("Défi 1 : …", "Proposition : …")."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from parvis.reading.kind_headings import KindHeading, is_weak, kind_heading
from parvis.reading.line_roles import is_remark
from parvis.reading.markers import Marker, value_of
from parvis.reading.passes.rows import Row, parts_of, row_of
from parvis.reading.theme_names import is_theme

_LABEL: Final = re.compile(
    r"(?P<name>[^\W\d_]{3,20}s?)\s?(?:n\s?°\s?)?(?P<number>\d{1,3})\s{0,3}(?P<sign>[:.)–—-])\s{0,9}(?=\S)"
)
_INLINE: Final = re.compile(r"(?P<name>[^:\n]{3,60}):\s{0,9}(?=\S)")


def mark_kinds(rows: list[Row]) -> list[Row]:
    """The rows again, headings of kind marked; a heading with its first item on the line becomes two rows."""
    marked: list[Row] = []
    for index, row in enumerate(rows):
        if row.role is not None or row.run.column_head:
            head = kind_heading(row.run.column_head) if row.run.column_head else None
            row.kind, row.theme = (head.kind, row.run.row_head or None) if head else (None, None)
            marked.append(row)
            continue
        heading = kind_heading(row.text) if row.text else None
        if heading is None and row.run.heading and not is_theme(row.text):
            heading = _short_heading(row.text)
        if heading is not None and not (row.marker and not row.run.heading and _in_list(rows, index)):
            row.role, row.kind, row.theme = "heading", heading.kind, heading.theme
            if heading.mixed:
                row.doubts.append("Cette rubrique mêle plusieurs genres : vérifiez celui de chaque contribution.")
            marked.append(row)
        else:
            marked.extend(_labelled(row) or _inline(rows, index) or [row])
    return marked


def _short_heading(text: str) -> KindHeading | None:
    """A heading of the format that names a kind, then more: "Nos constats sur les bords du canal"."""
    text_words = text.split()
    for size in (4, 3, 2, 1):
        heading = kind_heading(" ".join(text_words[:size])) if len(text_words) <= 8 else None
        if heading is not None:
            return heading
    return None


def _in_list(rows: list[Row], index: int) -> bool:
    """Whether a marked row that reads like a heading is one more item of the list around it."""
    row, near = rows[index], rows[index + 1] if index + 1 < len(rows) else None
    before = rows[index - 1] if index else None
    if row.marker is None or row.marker.shape == "arrow":
        return row.marker is not None
    if row.text.endswith((".", ";")):
        return True
    if near is not None and (near.run.depth, near.run.indent) < (row.run.depth, row.run.indent) and near.marker:
        # The last of a list within a list.
        return True
    same_after = near is not None and near.marker is not None and near.marker.style == row.marker.style
    rank = value_of(row.marker)
    if rank is None:
        return same_after and near is not None and near.run.indent <= row.run.indent and near.role is None
    follows = before is not None and before.marker is not None and before.marker.style == row.marker.style
    follows = follows and before is not None and value_of(before.marker) == rank - 1 and before.kind is None
    goes_on = same_after and near is not None and value_of(near.marker) == rank + 1
    return goes_on if near is not None and near.marker is not None else follows


def _labelled(row: Row) -> list[Row] | None:
    """An item that names its kind and its number: "Défi 1 : la mobilité"."""
    match = _LABEL.match(row.text)
    heading = kind_heading(match.group("name")) if match else None
    if match is None or heading is None or row.run.heading or row.shared:
        return None
    label = row.text[: match.end()].rstrip()
    opening = f"{row.marker.text} {label}" if row.marker and row.marker.text else label
    row.marker = Marker(opening, "number", match.group("sign"), match.group("number"))
    row.text, row.kind = row.text[match.end() :].strip(), heading.kind
    return [row]


def _inline(rows: list[Row], index: int) -> list[Row] | None:
    """A heading followed on its line by its first item: "Atouts : un réseau solide"."""
    row = rows[index]
    heading = _inline_kind(row)
    if heading is None:
        return None
    if row.marker is not None or is_weak(row.text.split(":")[0]):
        beside = [rows[place] for place in (index - 1, index + 1) if 0 <= place < len(rows)]
        others = [_inline_kind(near) or kind_heading(near.text) for near in beside if near.role is None]
        if all(other is None or other.kind == heading.kind for other in others):
            return None
    match = _INLINE.match(row.text)
    end = match.end() if match else 0
    name, rest = row.text[:end].rstrip(), row.text[end:]
    start = row.run.text.rindex(row.text)
    top = Row(row.run, row.marker, name, row.column, role="heading", kind=heading.kind, theme=heading.theme)
    run = replace(row.run, number=row.line, column=row.column + start + end, text=rest, after_blank=False)
    return [top, *parts_of(row_of(run))]


def _inline_kind(row: Row) -> KindHeading | None:
    match = _INLINE.match(row.text)
    if match is None or row.role is not None or row.run.heading or row.shared:
        return None
    if is_remark(row.text) or (row.marker is not None and row.marker.shape == "arrow"):
        return None
    return kind_heading(match.group("name"))
