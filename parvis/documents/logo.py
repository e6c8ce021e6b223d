"""The logo of an authority, drawn again as one PNG: nothing else of the file is kept, and Word shows it too."""

from __future__ import annotations

import json
from typing import Final, Literal

from parvis.core.errors import RefusedInput
from parvis.documents.pdf import typst_png
from parvis.sandbox import in_child

NOT_A_LOGO: Final = "Ce dessin SVG ne se lit pas : enregistrez-le de nouveau, ou envoyez un PNG."
_TOO_HEAVY: Final = "Ce logo est trop lourd à dessiner : simplifiez-le, ou envoyez un PNG."
_HEAD: Final = 4096
_DRAWN: Final = b"""#set page(width: auto, height: auto, margin: 0pt, fill: none)
#let given = json(bytes(sys.inputs.given))
#let drawn(..size) = image(bytes(given.data), format: given.format, ..size)
#context {
  let natural = measure(drawn())
  drawn(width: natural.width * calc.min(12cm / natural.width, 5cm / natural.height))
}"""


def is_svg(data: bytes) -> bool:
    """Told by the content, never by the name of the file."""
    return b"<svg" in data[:_HEAD] and b"\x00" not in data


@in_child(_TOO_HEAVY, seconds=5)
def logo_png(data: bytes, form: Literal["svg", "png", "jpeg"]) -> bytes:
    """At most 12 × 5 cm at 300 dots an inch. Raises `RefusedInput` for a drawing that cannot be read.

    A drawing that defines entities is refused: a few lines of them unfold to billions.
    """
    import typst

    if form == "svg" and b"<!ENTITY" in data.upper():
        raise RefusedInput(NOT_A_LOGO)
    given = {"data": list(data), "format": "jpg" if form == "jpeg" else form}
    try:
        return typst_png(_DRAWN, {"given": json.dumps(given)})
    except (typst.TypstError, RuntimeError):
        raise RefusedInput(NOT_A_LOGO) from None
