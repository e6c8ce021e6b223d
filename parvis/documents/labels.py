"""Sheets of adhesive labels, each with a name and a QR code, as PDF/UA-1."""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import dataclass
from typing import Final

from parvis.documents.paper import HEAVY_PAPER, qr_image
from parvis.documents.pdf import TEMPLATES, compile_typst, drawable, spread_words
from parvis.documents.text import one_line
from parvis.sandbox import in_child


@dataclass(frozen=True, slots=True)
class Label:
    """`lines` as on an envelope; `link` is what the QR code opens."""

    lines: tuple[str, ...]
    link: str


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """A sheet of labels as shops sell them, on A4. Lengths in millimetres; `gap` stands between two columns."""

    name: str
    columns: int
    rows: int
    width: float
    height: float
    gap: float = 0.0


SHEETS: Final[dict[str, LabelSheet]] = {
    "24": LabelSheet("24 étiquettes, 70 × 37 mm", 3, 8, 70, 37),
    "14": LabelSheet("14 étiquettes, 99,1 × 38,1 mm", 2, 7, 99.1, 38.1, 2.5),
}
"""By the number of labels a page."""


@in_child(HEAVY_PAPER, seconds=60)
def labels_pdf(
    labels: tuple[Label, ...], sheet: LabelSheet, *, title: str, caption: str, made_on: datetime.date
) -> bytes:
    """As many pages as needed. `caption` stands under each name. Same labels, same bytes."""
    pictures: dict[str, bytes] = {}
    shown = []
    for label in labels:
        code = qr_image(label.link, "")
        name = f"{hashlib.sha256(code.data).hexdigest()}.png"
        pictures[name] = code.data
        first, *others = [spread_words(one_line(line)) for line in label.lines if line.strip()] or [""]
        shown.append({"name": first, "lines": others, "picture": f"/{name}"})
    content = {
        "title": spread_words(one_line(title)),
        "caption": spread_words(one_line(caption)),
        "labels": shown,
        "columns": sheet.columns,
        "rows": sheet.rows,
        "width": sheet.width,
        "height": sheet.height,
        "gap": sheet.gap,
    }
    stamp = datetime.datetime(made_on.year, made_on.month, made_on.day, tzinfo=datetime.UTC)
    data = drawable(json.dumps(content, ensure_ascii=False))
    return compile_typst((TEMPLATES / "labels.typ").read_bytes(), {"labels": data}, stamp, pictures)
