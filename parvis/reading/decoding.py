"""Bytes → text: which encoding, what was lost on the way, and what can be given back without loss."""

from __future__ import annotations

import codecs
import re
from typing import Final

from parvis.core.errors import RefusedInput
from parvis.reading.french_letters import how_french

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLD: Final = (
    ("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman"), ("cp850", "DOS 850"), ("iso8859_15", "ISO-8859-15"),
)  # fmt: skip
_NOT_TEXT: Final = frozenset(range(32)) - {9, 10, 11, 12, 13, 27}
# A letter written in two bytes of UTF-8 and read as one character each: "Ã©" for "é", "â€™" for "’".
_MANGLED: Final = re.compile("[ÃÂ][\u0080-\u00bf\u0152-\u0178\u2013-\u203a\u20ac\u2122]|â€|Å“")
# Windows-1252 read as ISO-8859-1: « œ » is then a control character, that whoever cleans the text takes away.
_CONTROLS: Final = {
    byte: bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x85, 0x8D, 0x8F, 0x90, 0x9D)  # without a letter, but for 85, which some use to end a line
}
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_LOST: Final = re.compile("\ufffd|(?<=[A-Za-z])\\?(?=[a-z])")


def decode(data: bytes) -> tuple[str, list[str]]:
    """The text of a file and the warnings its encoding deserves. Refuses what is not text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding), []
    if b"\x00" in data:
        return _strict(data, _wide(data)), []
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        _refuse_binary(data)
    return _old(data)


def _strict(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise _not_text() from None
    if "\x00" in text:
        raise _not_text()
    return text


def _wide(data: bytes) -> str:
    """UTF-16 without its mark: French text has a zero byte in nearly every pair, always on the same side."""
    sample = data[:4000]
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    pairs = max(1, len(sample) // 2)
    if odd > 0.7 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.7 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    raise _not_text()


def _refuse_binary(data: bytes) -> None:
    sample = data[:100_000]
    if sum(byte in _NOT_TEXT for byte in sample) > len(sample) // 200:
        raise _not_text()


def _old(data: bytes) -> tuple[str, list[str]]:
    """One of the 8-bit encodings, the one in which the text reads most like French; Windows-1252 when several do."""
    sample = data[:200_000]
    best, label = max(_OLD, key=lambda old: how_french(sample.decode(old[0], "replace")))
    text = data.decode(best, "replace")
    warning = f"Le fichier n'est pas en UTF-8 : il a été lu comme du {label}. Vérifiez les accents."
    return text, [warning]


def _not_text() -> RefusedInput:
    return RefusedInput(
        "Ce fichier n'est pas du texte : enregistrez le compte-rendu en .txt, .md ou .html, ou collez son texte."
    )


def mend(text: str) -> tuple[str, list[str]]:
    """`text` with its mangled accents given back if nothing is lost by it, and what remains to say.

    Lone surrogates, which no file can hold, become the replacement character.
    """
    warnings: list[str] = []
    text = _SURROGATE.sub("\ufffd", text)
    if text.startswith("\ufeff"):
        text = text[1:]
    if _MANGLED.search(text):
        lines = [_unmangle(line) if _MANGLED.search(line) else line for line in text.split("\n")]
        mended = "\n".join(lines)
        if mended != text:
            warnings.append("Des accents étaient abîmés (« Ã© » pour « é ») : ils ont été rétablis. Vérifiez-les.")
            text = mended
        if _MANGLED.search(text):
            warnings.append(
                "Des accents sont abîmés (« Ã© » pour « é ») et n'ont pas pu être rétablis : "
                "enregistrez le fichier d'origine en UTF-8, ou corrigez-les à la relecture."
            )
    text = without_controls(text)
    lost = sum(1 for _ in _LOST.finditer(text))
    if "\ufffd" in text or lost >= 3:
        warnings.append(
            f"Des accents ont été perdus ({lost} caractères illisibles) : "
            "reprenez le fichier d'origine, ou corrigez-les à la relecture."
        )
    return text, warnings


def without_controls(text: str) -> str:
    """The letters that stand in `text` as the control characters that Windows-1252 writes them by.

    >>> without_controls("C\x9cur d'Essonne")
    "Cœur d'Essonne"
    """
    return text if text.isascii() else text.translate(_CONTROLS)


def _unmangle(line: str) -> str:
    """What `line` was before it was written in UTF-8 and read as Windows-1252; `line` itself unless all of it fits.

    Each character stands for one byte and the bytes decode strictly, so nothing can be lost.
    """
    raw = bytearray()
    for char in line:
        try:
            raw += char.encode("cp1252")
        except UnicodeEncodeError:
            if ord(char) > 0xFF:
                return line
            raw.append(ord(char))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return line
