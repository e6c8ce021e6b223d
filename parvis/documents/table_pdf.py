"""A table of data as PDF/UA-1: wide pages, the head repeated on each, its notes at the end."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Final

from parvis.documents.pdf import compile_typst, drawable, spread_words
from parvis.documents.tables import Table, plain

_TEMPLATE: Final = Path(__file__).parent / "templates" / "table.typ"
_NUMBER: Final = (int, float)


def table_pdf(table: Table, *, title: str = "", made_on: datetime.date = datetime.date(2026, 1, 1)) -> bytes:
    """The table to print. Same table, same bytes."""
    rows = [[plain(value) for value in row] for row in table.rows]
    numeric = [
        any(isinstance(row[place], _NUMBER) for row in rows)
        and all(row[place] is None or isinstance(row[place], _NUMBER) for row in rows)
        for place in range(len(table.columns))
    ]
    content = {
        "title": spread_words(title or table.name),
        "subject": spread_words(table.name),
        "columns": [spread_words(column.label) for column in table.columns],
        "numeric": numeric,
        "rows": [["" if value is None else spread_words(str(value)) for value in row] for row in rows],
        "notes": [[spread_words(label), spread_words(text)] for label, text in table.notes],
    }
    data = drawable(json.dumps(content, ensure_ascii=False))
    stamp = datetime.datetime(made_on.year, made_on.month, made_on.day, tzinfo=datetime.UTC)
    return compile_typst(_TEMPLATE.read_bytes(), {"table": data}, stamp)
