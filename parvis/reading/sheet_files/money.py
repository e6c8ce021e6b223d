"""Amounts of money: « 12 000 € », « 12 k€ », « État : 12 000 € »."""

from __future__ import annotations

import re
from typing import Final

_DIGITS: Final = r"\d{1,3}(?:[\s\u00a0\u202f.]\d{3})+(?:,\d{1,2})?|\d+(?:[.,]\d{1,2})?"
AMOUNT: Final = re.compile(
    rf"(?:environ\s+|près de\s+)?(?:{_DIGITS})\s*(?:k\s?€|M\s?€|€|euros?\b|K€|EUR\b)"
    r"(?:\s*(?:TTC|HT|par an|/\s?an))?",
    re.IGNORECASE,
)
_PLAIN: Final = re.compile(rf"\s*(?:{_DIGITS})\s*(?:k\s?€|€|euros?)?\s*(?:TTC|HT|par an|/\s?an)?\s*", re.IGNORECASE)
_TOTAL: Final = re.compile(
    r"\s*(?:sous[- ])?(?:total|totaux|ensemble|(?:co[uû]t|budget|montant)\s+(?:total|global|réel|complet|final))\b",
    re.IGNORECASE,
)
_REMARK: Final = re.compile(r"\s*(\([^()\d]*\))")
_JOINS: Final = " \t\u00a0:–—-=,;→•*|/"


def amounts(text: str) -> list[str]:
    """The amounts written in `text`, with their unit."""
    return [match.group().strip() for match in AMOUNT.finditer(text)]


def is_amount(text: str) -> bool:
    """Whether `text` is nothing but an amount, with or without its unit."""
    return _PLAIN.fullmatch(text) is not None and any(sign.isdigit() for sign in text)


def is_total(text: str) -> bool:
    """Whether a line of money is the total of the others."""
    return _TOTAL.match(text) is not None


def worth(amount: str) -> float | None:
    """How many euros an amount is.

    >>> worth("12,5 k€"), worth("1 200 €")
    (12500.0, 1200.0)
    """
    match = re.search(rf"({_DIGITS})\s*(k|M)?", amount)
    if match is None:
        return None
    number = re.sub(r"[\s\u00a0\u202f]", "", match.group(1))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", number):
        number = number.replace(".", "")
    factor = {"k": 1_000, "M": 1_000_000}.get(match.group(2) or "", 1)
    return float(number.replace(",", ".")) * factor


def money_lines(text: str) -> list[tuple[str, str]]:
    """(source, amount) of each part of a line: « CAF : 3 000 €, Ville (2 000 €) ».

    A part without amount keeps its words, and an empty amount.
    """
    pairs: list[tuple[str, str]] = []
    for part in re.split(r"\s*;\s*|\s+\|\s+", text):
        matches = list(AMOUNT.finditer(part))
        if not matches:
            pairs += [(piece.strip(), "") for piece in re.split(r",\s+", part) if piece.strip()]
            continue
        start = 0
        for match in matches:
            before = part[start : match.start()]
            remark = _REMARK.match(before) if start else None
            if remark is not None:  # « Ville : 3 000 € (acquis), CAF : 2 000 € »
                pairs[-1] = (f"{pairs[-1][0]} {remark[1]}", pairs[-1][1])
                before = before[remark.end() :]
            before = re.sub(r"^(?:et|dont|puis)\s+", "", _outside(before))
            pairs.append((before, match.group().strip()))
            start = match.end()
        after = part[start:].strip().removeprefix(")")
        if after.strip(_JOINS + ".()"):
            source, amount = pairs[-1]
            if source:
                pairs[-1] = (_closed(source, after), amount)
            else:  # « 12 000 € de la Ville »
                pairs[-1] = (re.sub(r"^(?:de la|de l['’]|du|des|de|par la|par)\s*", "", after.strip(_JOINS)), amount)
    return pairs


def _outside(text: str) -> str:
    """The words before an amount, without the bracket that opens on it or the one that closes the amount before."""
    text = text.strip(_JOINS)
    if text.startswith(")"):
        text = text[1:].strip(_JOINS)
    if text.startswith("(") and ")" not in text:
        text = text[1:].strip(_JOINS)
    if text.count("(") > text.count(")"):
        text = text.rstrip("(").strip(_JOINS) if text.endswith("(") else text
    return text


def _closed(source: str, after: str) -> str:
    """The source with what follows its amount: « Ville : 3 000 € (acquis) »."""
    remark = after.strip()
    return f"{source} {remark}" if remark.startswith("(") else f"{source} ({remark.strip(_JOINS)})"
