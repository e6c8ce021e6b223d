"""Pictures made light enough to be printed by the hundred."""

from __future__ import annotations

import io

from parvis.documents.paper import Image
from parvis.sandbox import in_child

_QUALITY = 80
_HEAVY = "Une image de ce document est trop lourde à réduire : remplacez-la, puis recommencez."


@in_child(_HEAVY)
def smaller(image: Image, side: int) -> Image:
    """The same picture, `side` points at most on its longest side. One that is small already is left alone."""
    if image.format == "svg":
        return image
    from PIL import Image as Drawing

    with Drawing.open(io.BytesIO(image.data)) as opened:
        if max(opened.size) <= side:
            return image
        opened.draft("RGB", (side, side))
        opened.thumbnail((side, side))
        out = io.BytesIO()
        if image.format == "png":
            opened.save(out, "PNG", optimize=True)
        else:
            opened.convert("RGB").save(out, "JPEG", quality=_QUALITY, optimize=True)
    return Image(out.getvalue(), image.format, image.alt)
