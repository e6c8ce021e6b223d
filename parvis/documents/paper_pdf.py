"""A paper of a room as PDF/UA-1, and drawings as PNG, by typst."""

from __future__ import annotations

import datetime
import json
from functools import lru_cache
from typing import Any, Final

from parvis.documents.paper import (
    MARGIN_CM,
    Beside,
    Block,
    Cards,
    Figure,
    Grid,
    Image,
    Items,
    NewPage,
    Paper,
    Space,
    Words,
)
from parvis.documents.pdf import TEMPLATES, compile_typst, drawable, spread_words, typst_png
from parvis.documents.text import one_line

_DRAWN: Final = b"""#set page(width: auto, height: auto, margin: 0pt, fill: none)
#let given = json(bytes(sys.inputs.given))
#image(bytes(given.data), format: given.format, width: given.width * 1cm)"""
_SIGN: Final = b"""#import "/signs.typ": kind-sign
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#kind-sign(sys.inputs.kind, times: 3)"""


def paper_pdf(paper: Paper) -> bytes:
    """The paper to print. Same paper, same bytes."""
    content = {
        "title": spread_words(one_line(paper.title)),
        "authority": spread_words(one_line(paper.authority)),
        "footer": spread_words(one_line(paper.footer)),
        "sides": paper.sides_cm,
        "margin": MARGIN_CM,
        "scale": paper.scale,
        "logo": _image(paper.logo) if paper.logo is not None else None,
        "blocks": [_block(block) for block in paper.blocks],
    }
    made = paper.made_on
    stamp = datetime.datetime(made.year, made.month, made.day, tzinfo=datetime.UTC)
    data = drawable(json.dumps(content, ensure_ascii=False))
    return compile_typst((TEMPLATES / "paper.typ").read_bytes(), {"paper": data}, stamp)


@lru_cache(maxsize=64)
def drawn_png(image: Image, width_cm: float) -> bytes:
    """A drawing as PNG, for what does not draw SVG."""
    return typst_png(_DRAWN, {"given": json.dumps(_image(image) | {"width": width_cm})})


@lru_cache(maxsize=16)
def sign_png(kind: str) -> bytes:
    """The sign of a kind, large."""
    return typst_png(_SIGN, {"kind": kind})


def _image(image: Image) -> dict[str, Any]:
    form = "jpg" if image.format == "jpeg" else image.format
    return {"data": list(image.data), "format": form, "alt": spread_words(one_line(image.alt))}


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Words():
            return {"is": "words", "text": spread_words(block.text), "style": block.style, "align": block.align,
                    "kind": block.kind}  # fmt: skip
        case Items():
            return {"is": "items", "points": [spread_words(point) for point in block.points], "box": block.box}
        case Grid():
            rows = [[spread_words(cell) for cell in row] for row in block.rows]
            return {"is": "grid", "head": [spread_words(label) for label in block.head], "rows": rows,
                    "widths": block.widths, "row": block.row_cm}  # fmt: skip
        case Cards():
            return {"is": "cards", "kind": block.kind, "label": block.label, "hint": block.hint,
                    "columns": block.columns, "lines": block.lines}  # fmt: skip
        case Figure():
            return {"is": "figure", "image": _image(block.image), "width": block.width_cm, "align": block.align}
        case Beside():
            return {"is": "beside", "left": [_block(each) for each in block.left],
                    "right": [_block(each) for each in block.right], "right-cm": block.right_cm}  # fmt: skip
        case Space():
            return {"is": "space", "cm": block.cm}
        case NewPage():
            return {"is": "page"}
