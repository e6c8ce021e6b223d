"""A picture as it may be kept and shown: known by its content, drawn again, of a reasonable size.

Drawing again leaves behind all that was not the image: place and device noted by a telephone, thumbnails, words hidden
after the end. What comes out is a png or a jpeg, which pages, pdf and docx all show.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from parvis.core.errors import RefusedInput
from parvis.sandbox import in_child

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES: Final = 15_000_000
MAX_PIXELS: Final = 52_000_000
_TIMES_IN_MEMORY: Final = {"PNG": 2, "WEBP": 4}
"""A jpeg is unpacked at the size that is kept, or near it; a png whole; a webp whole, twice."""
MAX_SIDE: Final = 1_600
"""Pixels of the longest side that is kept: a page of paper at 150 dots an inch."""
_FORMATS: Final = ("PNG", "JPEG", "WEBP")
_JPEG_QUALITY: Final = 82
_SMALL_PNG: Final = 500_000
_NOT_A_PICTURE: Final = "Ce n'est pas une image qui peut être montrée : choisissez un fichier png, jpeg ou webp."
_DAMAGED: Final = "Cette image est abîmée ou incomplète : ouvrez-la, enregistrez-la de nouveau, puis recommencez."
_TOO_LARGE: Final = "Cette image est trop grande : réduisez-la (4 000 points de côté suffisent), puis recommencez."


@dataclass(frozen=True, slots=True)
class Picture:
    """`content_type` is `image/png` or `image/jpeg`; sides in pixels."""

    data: bytes
    content_type: str
    width: int
    height: int


@in_child(_TOO_LARGE)
def read_picture(data: bytes) -> Picture:
    """Check and draw again a png, jpeg or webp. Raises `RefusedInput` on anything else, its name notwithstanding."""
    from PIL import Image as Drawing
    from PIL import ImageOps

    if len(data) > MAX_BYTES:
        raise RefusedInput(f"Cette image dépasse {MAX_BYTES // 1_000_000} Mo : réduisez-la, puis recommencez.")
    too_large = (Drawing.DecompressionBombError, Drawing.DecompressionBombWarning)
    try:
        opened = Drawing.open(io.BytesIO(data), formats=_FORMATS)
        most = MAX_PIXELS // _TIMES_IN_MEMORY.get(opened.format or "", 1)
        if opened.width * opened.height > most:
            raise RefusedInput(_TOO_LARGE)
    except too_large:
        raise RefusedInput(_TOO_LARGE) from None
    except (OSError, ValueError, SyntaxError):
        raise RefusedInput(_NOT_A_PICTURE) from None
    try:
        opened.draft("RGB", (MAX_SIDE, MAX_SIDE))
        opened.load()
    except (OSError, ValueError, SyntaxError, EOFError):
        raise RefusedInput(_DAMAGED) from None
    transparent, lossless = opened.has_transparency_data, opened.format == "PNG"
    mode = "RGBA" if transparent else "RGB"
    # Made small first, then turned: a whole picture is never in memory twice in its own mode.
    small: Image = opened if opened.mode == mode else opened.convert(mode)
    small.thumbnail((MAX_SIDE, MAX_SIDE))
    ImageOps.exif_transpose(small, in_place=True)
    bare = small.convert(mode)
    bare.info.clear()  # what it carried beside its points is not written again
    return _drawn(bare, transparent, lossless)


def _drawn(image: Image, transparent: bool, lossless: bool) -> Picture:
    """A png stays one when it is see-through, or small (a logo, a diagram); everything else is a photograph."""
    out = io.BytesIO()
    if transparent or lossless:
        image.save(out, "PNG", optimize=True)
        if transparent or out.tell() < _SMALL_PNG:
            return Picture(out.getvalue(), "image/png", *image.size)
        out = io.BytesIO()
    image.save(out, "JPEG", quality=_JPEG_QUALITY, optimize=True, progressive=True)
    return Picture(out.getvalue(), "image/jpeg", *image.size)
