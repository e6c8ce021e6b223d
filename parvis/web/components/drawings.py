"""Icons and signs of the three kinds, as SVG text ready to be put inside a page.

Everything is read once per process. The bootstrap icons are copied by `python -m parvis.assets`; the signs of the kinds
are ours and live in `signs/`.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from parvis.french.kinds import KINDS

HERE: Final = Path(__file__).parent
ICONS: Final = HERE / "icons"
SIGNS: Final = HERE / "signs"
_OPENING: Final = re.compile(r"<svg[^>]*?viewBox=\"([\d. ]+)\"[^>]*>")
_BETWEEN: Final = re.compile(r">\s+<")


class UnknownSign(LookupError):
    """A template names an icon or a kind that does not exist: a mistake of ours, never of a person."""


def _inline(path: Path, css_class: str) -> SafeString:
    """The drawing of `path`, hidden from screen readers since a word always stands beside it."""
    if not path.is_file():
        raise UnknownSign(f"{path.stem}: no such drawing; see ICONS in parvis.assets")
    body, count = _OPENING.subn(
        rf'<svg class="{css_class}" viewBox="\1" aria-hidden="true" focusable="false">',
        _BETWEEN.sub("><", path.read_text(encoding="utf-8").strip()),
    )
    if count != 1:
        raise UnknownSign(f"{path.stem}: this drawing has no viewBox")
    return mark_safe(body)  # noqa: S308 - drawings shipped with the program, never a person's text


@cache
def icon_svg(name: str) -> SafeString:
    """A bootstrap icon, as large as the text around it."""
    if not re.fullmatch(r"[a-z0-9-]+", name):
        raise UnknownSign(f"{name!r} is not the name of an icon")
    return _inline(ICONS / f"{name}.svg", "icon")


@cache
def kind_html(kind: str, plural: bool = False, sign_only: bool = False) -> SafeString:
    """Shape, word and colour of a kind together; the word is only said aloud with `sign_only`."""
    if kind not in KINDS:
        raise UnknownSign(f"{kind!r} is not one of {', '.join(KINDS)}")
    word = KINDS[kind].many if plural else KINDS[kind].one
    return format_html(
        '<span class="kind kind--{}"><span class="kind__sign">{}</span>{}</span>',
        kind,
        _inline(SIGNS / f"{kind}.svg", "sign"),
        format_html('<span class="visually-hidden">{}</span>', word) if sign_only else word,
    )
