"""A budget told in a sentence: « 9 000 €, dont 4 000 € demandés à la CAF et 2 k€ au Département »."""

from __future__ import annotations

import re
from typing import Final

from parvis.reading.sheet_files.money import AMOUNT, money_lines, worth

_GIVEN: Final = (
    r"(?:sont |est |être )?(?:demandée?s?|sollicitée?s?|apportée?s?|versée?s?|financée?s?|accordée?s?|acquis|"
    r"obtenue?s?|attendue?s?|pris(?:es?)? en charge|de subvention)?"
)
_PERIOD: Final = r"(?!an\b|année|mois|heure|jour|suite|séance|personne|unité|charge)"
_PAYER: Final = rf"(?:à la |à l['’]|au |aux |par la |par le |par l['’]|par les |(?:par |à )(?=[A-ZÉÈÀÎÔ])){_PERIOD}"
_SHARE: Final = re.compile(
    rf"(?P<amount>{AMOUNT.pattern})\s+{_GIVEN}\s*{_PAYER}(?P<source>[^.,;()]+?)(?=\s*(?:[.,;()]|$|\bet\s+\d))",
    re.IGNORECASE,
)
# « 4 000 € de la Ville et 7 000 € de dons »
_FROM: Final = re.compile(
    rf"(?P<amount>{AMOUNT.pattern})\s+(?:de la |de l['’]|du |des |de |d['’])(?P<source>[^.,;()€]+?)"
    rf"(?=\s*(?:[.,;()]|$|\bet\s+\d))",
    re.IGNORECASE,
)
_OF_WHICH: Final = re.compile(r"[\s,;:(–-]*dont\s+", re.IGNORECASE)
# « 900 € (Ville : 600 €, CAF : 300 €) », but not « 900 € (soit 300 € par an) ».
_BRACKET: Final = re.compile(r"\s*\((?:dont\s+)?(?!soit\b|environ\b|TTC|HT)([^()]*(?:\([^()]*\)[^()]*)*)\)\s*\.?")
_BESIDE: Final = re.compile(r"\s*[/;,:|–—-]\s*(?=\D)")
# « Ville 4 000 », without its unit.
_UNITLESS: Final = re.compile(r"\s*(\D*[^\d\s:=–-])\s*[:=–-]?\s*(\d{1,3}(?:[\s\u00a0\u202f.]?\d{3})+)\s*")


def told_shares(text: str) -> tuple[str, list[tuple[str, str]]] | None:
    """The total and who pays what of it; None when the text tells no share."""
    total = AMOUNT.search(text)
    if total is None:
        return None
    rest = text[total.end() :]
    shares = [(match["source"].strip(), match["amount"].strip()) for match in _SHARE.finditer(rest)]
    of_which = _OF_WHICH.match(rest)
    if not shares and of_which is not None:
        given = [(match["source"].strip(), match["amount"].strip()) for match in _FROM.finditer(rest)]
        shares = given if len(given) == len(AMOUNT.findall(rest)) else []
    if not shares and of_which is not None:
        shares = [(source, amount) for source, amount in money_lines(rest[of_which.end() :]) if source and amount]
    bracket = _BRACKET.fullmatch(rest)
    if not shares and bracket is not None:
        pairs = money_lines(bracket[1])
        shares = pairs if all(source and amount for source, amount in pairs) else _unitless(bracket[1], total.group())
    beside = _BESIDE.match(rest)
    if not shares and beside is not None:
        pairs = money_lines(rest[beside.end() :])
        summed = sum(worth(amount) or 0 for source, amount in pairs if source)
        shares = pairs if summed == worth(total.group()) else []
    return (total.group().strip(), shares) if shares else None


def _unitless(text: str, total: str) -> list[tuple[str, str]]:
    """« Ville 4 000, CAF 3 400 », where the total alone has its unit: the parts must make it up."""
    parts = [_UNITLESS.fullmatch(part) for part in re.split(r"[,;/+]", text)]
    pairs = [(part[1], part[2]) for part in parts if part is not None]
    summed = sum(worth(amount) or 0 for _, amount in pairs)
    return pairs if len(pairs) == len(parts) and summed == worth(total) else []
