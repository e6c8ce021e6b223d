"""The entries of a sheet → the values of its fields."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from parvis.reading.sheet_files.entries import Entry, Sheet
from parvis.reading.sheet_files.lists import elements
from parvis.reading.sheet_files.model import Doubt, FieldName
from parvis.reading.sheet_files.money import is_total
from parvis.reading.sheet_files.ranks import NEW
from parvis.reading.sheet_files.values import tidy
from parvis.reading.sheet_files.vocabulary import REACH, is_void

_SINCE: Final = re.compile(r"\bdepuis\s*:?\s*(?:le |l['’])?(\S.*)", re.IGNORECASE)


def since(sheet: Sheet) -> str:
    """« L'action est-elle nouvelle ? Non, depuis 2021 » gives 2021."""
    for entry in sheet.of("since"):
        text = entry.content.text
        if entry.labelled.rank == NEW:
            match = _SINCE.search(text)
            return match.group(1) if match else ""
        return "" if is_void(text) else text
    return ""


def elements_of(sheet: Sheet, name: FieldName) -> tuple[str, ...]:
    names = [one for entry in sheet.of(name) for one in elements(entry.content, name)]
    return tuple(dict.fromkeys(names))


def paying_partners(sheet: Sheet) -> tuple[str, ...]:
    """The partners of a table that lists what they give: its label has no value of its own above the lines of money."""
    for entry, following in zip(sheet.entries, sheet.entries[1:], strict=False):
        if entry.labelled.name == "partners" and not entry.content.lines and following.labelled.name == "funding":
            rows = (line.text.split("\t")[0] for line in following.content.lines if line.row)
            return tuple(row for row in rows if not is_total(row))
    return ()


def text_of(entries: Sequence[Entry]) -> str:
    """The passages one under the other, each under its label when there are several."""
    parts = [
        f"{entry.label}\n{entry.content.paragraphs}" if len(entries) > 1 and entry.label else entry.content.paragraphs
        for entry in entries
    ]
    return "\n\n".join(parts)


def lead_and_contact(sheet: Sheet) -> tuple[str, str]:
    """The lead, without the lines that say how to reach someone: those are for the team."""
    contact = [entry.content.text for entry in sheet.of("contact") if not is_void(entry.content.text)]
    lead = ""
    for entry in sheet.of("lead"):
        lines = [line.text for line in entry.content.lines]
        kept = [line for line in lines if not REACH.search(line)] if len(lines) > 1 else lines
        lead = tidy(", ".join(line.rstrip(" ,;") for line in kept))
        reach = [line for line in lines if line not in kept]
        contact += reach
        if reach or REACH.search(lead):
            sheet.doubts.append(Doubt("lead", "des coordonnées sont écrites avec le porteur", entry.line))
    return ("" if is_void(lead) else lead), ", ".join(contact)
