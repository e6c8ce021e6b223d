"""A paper as PDF/UA-1, and drawings as PNG, by typst."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from parvis.documents.paper import (
    HEAVY_PAPER,
    MARGIN_CM,
    Beside,
    Block,
    Cards,
    Choices,
    Contents,
    Facts,
    Figure,
    Fitted,
    Grid,
    Image,
    Items,
    Lines,
    NewPage,
    Paper,
    Space,
    Together,
    Words,
    in_columns,
)
from parvis.documents.pdf import TEMPLATES, compile_typst, drawable, spread_words, typst_png
from parvis.documents.text import one_line
from parvis.sandbox import in_child

_DRAWN: Final = b"""#set page(width: auto, height: auto, margin: 0pt, fill: none)
#let given = json(bytes(sys.inputs.given))
#image(bytes(given.data), format: given.format, width: given.width * 1cm)"""
_SIGN: Final = b"""#import "/signs.typ": kind-sign
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#kind-sign(sys.inputs.kind, times: 3)"""

_LEFT_TO_RIGHT: Final = "\u200e"  # after a title, or the number of its page is read as a part of its Arabic words


@in_child(HEAVY_PAPER, seconds=60)
def paper_pdf(paper: Paper) -> bytes:
    """The paper to print. Same paper, same bytes."""
    pictures = _Pictures()
    content = {
        "title": _line(paper.title),
        "authority": _line(paper.authority),
        "footer": _line(paper.footer),
        "sides": paper.sides_cm,
        "margin": MARGIN_CM,
        "scale": paper.scale,
        "numbered": paper.numbered,
        "logo": pictures.add(paper.logo) if paper.logo is not None else None,
        "blocks": _blocks(paper.blocks, pictures),
    }
    made = paper.made_on
    stamp = datetime.datetime(made.year, made.month, made.day, tzinfo=datetime.UTC)
    data = drawable(json.dumps(content, ensure_ascii=False))
    return compile_typst((TEMPLATES / "paper.typ").read_bytes(), {"paper": data}, stamp, pictures)


@lru_cache(maxsize=64)
def drawn_png(image: Image, width_cm: float) -> bytes:
    """A drawing as PNG, for what does not draw SVG."""
    return typst_png(_DRAWN, {"given": json.dumps(_drawing(image) | {"width": width_cm})})


@lru_cache(maxsize=16)
def sign_png(kind: str) -> bytes:
    """The sign of a kind, large."""
    return typst_png(_SIGN, {"kind": kind})


def _drawing(image: Image) -> dict[str, Any]:
    return {"data": list(image.data), "format": "jpg" if image.format == "jpeg" else image.format}


class _Pictures(dict[str, bytes]):
    """The pictures of a paper by name, each once."""

    def add(self, image: Image) -> dict[str, str]:
        """What the template reads of it. Empty words: it says nothing that the others do not."""
        name = f"{hashlib.sha256(image.data).hexdigest()}.{image.format}"
        self[name] = image.data
        return {"path": f"/{name}", "alt": _line(image.alt)}


def _blocks(blocks: Iterable[Block], pictures: _Pictures) -> list[dict[str, Any]]:
    return [_block(block, pictures) for block in blocks]


def _block(block: Block, pictures: _Pictures) -> dict[str, Any]:
    match block:
        case Words():
            listed = block.style in ("chapter", "section")
            text = spread_words(block.text) + (_LEFT_TO_RIGHT if listed else "")
            return {"is": "words", "text": text, "style": block.style, "align": block.align,
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
        case Contents():
            return {"is": "contents", "title": _line(block.title)}
        case Facts():
            return {"is": "facts", "lines": [[_line(label), spread_words(value)] for label, value in block.lines]}
        case Choices():
            return {"is": "choices", "columns": in_columns(block.options, block.columns)}
        case Lines():
            return {"is": "lines", "label": _line(block.label), "count": block.count}
        case Figure():
            return {"is": "figure", "image": pictures.add(block.image), "width": block.width_cm,
                    "height": block.height_cm, "align": block.align}  # fmt: skip
        case Fitted():
            return {"is": "fitted", "blocks": _blocks(block.blocks, pictures), "height": block.height_cm}
        case Together():
            return {"is": "together", "blocks": _blocks(block.blocks, pictures)}
        case Beside():
            return {"is": "beside", "left": _blocks(block.left, pictures), "right": _blocks(block.right, pictures),
                    "right-cm": block.right_cm}  # fmt: skip
        case Space():
            return {"is": "space", "cm": block.cm}
        case NewPage():
            return {"is": "page"}


def _line(words: str) -> str:
    return spread_words(one_line(words))
