"""An address as a QR code, drawn in the page."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe


def qr_svg(address: str, title: str) -> SafeString:
    """SVG of class `qr`: dark on white whatever the theme, or telephones do not read it. `title` is read aloud."""
    import segno

    drawn = segno.make(address, error="m", micro=False)
    svg = drawn.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None, title=title)
    return mark_safe(svg.replace("<svg ", '<svg role="img" ', 1))  # noqa: S308 - squares, and a title that segno escapes
