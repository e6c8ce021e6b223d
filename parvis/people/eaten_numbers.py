"""Numbers that a spreadsheet changed as they were typed (telephones, post codes): given back whole, or refused.

Each `restore_` returns the text to keep and what is wrong with it: one of the two is empty.
"""

from __future__ import annotations

import re
from typing import Final

_ROUNDED: Final = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,2}")
_DAY: Final = re.compile(r"\d{4}-\d\d?-\d\d?(?:T.*)?|\d\d?/\d\d?/(?:\d{4}|\d\d)|\d{0,2}[ -]?[^\W\d]{3,9}\.?[ -]\d{2,4}")
_DECIMAL: Final = re.compile(r"[0-9]+[.,][0-9]+")
_END_OF_WHOLE: Final = re.compile(r"[.,]0+$")
_SEVERAL: Final = re.compile(r"\s+(?:/|ou|-)\s+|\s*[;\n]\s*")
_POSTCODE: Final = re.compile(r"[0-9]{5}(?:\s+cedex.*)?", re.IGNORECASE)
_LONGEST_SHORT_NUMBER: Final = 6
_SPACING: Final = re.compile(r"[\s.()-]")
_NATIONAL: Final = re.compile(r"[1-9][0-9]{8}")
_DIALLED: Final = re.compile(r"0[1-9][0-9]{8}|00[0-9]{8,13}")
_ABROAD: Final = re.compile(r"33[1-9][0-9]{8}|(?:262|508|590|594|596|687|689)[0-9]{6,9}")
"""Country codes of the Republic, whose « + » a spreadsheet takes for a sum."""


def is_rounded(text: str) -> bool:
    """Whether a spreadsheet kept the first digits only: « 6,01E+08 »."""
    return _ROUNDED.fullmatch(text.strip()) is not None


def restore_phone(text: str) -> tuple[str, str]:
    """
    >>> restore_phone("601020304"), restore_phone("33601020304"), restore_phone("+33 6 01 02 03 04")
    (('06 01 02 03 04', ''), ('+33 6 01 02 03 04', ''), ('+33 6 01 02 03 04', ''))
    """
    numbers: list[str] = []
    for part in filter(None, _SEVERAL.split(text.strip())):
        number, fault = _restore_one(part.strip())
        if fault:
            return "", fault
        numbers.append(number)
    return " / ".join(dict.fromkeys(numbers)), ""


def restore_postcode(text: str) -> tuple[str, str]:
    """
    >>> restore_postcode("1300"), restore_postcode("91 300")
    (('01300', ''), ('91300', ''))
    """
    whole = _END_OF_WHOLE.sub("", text.strip())
    code = whole.replace(" ", "") if whole.replace(" ", "").isdecimal() else whole
    if len(code) == 4 and code.isdecimal():
        code = f"0{code}"
    if not code or _POSTCODE.fullmatch(code):
        return code, ""
    return "", f"le code postal « {text.strip()[:40]} » n'a pas cinq chiffres : saisissez-le de nouveau, en texte."


def _restore_one(text: str) -> tuple[str, str]:
    if _ROUNDED.fullmatch(text):
        return (
            "",
            f"le tableur a arrondi le téléphone « {text} » : mettez la colonne en texte, saisissez-le de nouveau.",
        )
    if _DAY.fullmatch(text):
        return "", f"le tableur a pris le téléphone « {text[:40]} » pour une date : saisissez-le de nouveau, en texte."
    number = _END_OF_WHOLE.sub("", text) if _DECIMAL.fullmatch(text) else text
    if _NATIONAL.fullmatch(number):
        return _in_pairs(f"0{number}"), ""
    if _ABROAD.fullmatch(number):
        country = 2 if number.startswith("33") else 3
        return f"+{number[:country]} {number[country]} {_in_pairs(number[country + 1 :])}", ""
    digits = _SPACING.sub("", number)
    if _DECIMAL.fullmatch(number) or (
        digits.isdecimal() and len(digits) > _LONGEST_SHORT_NUMBER and not _DIALLED.fullmatch(digits)
    ):
        return "", f"« {text[:40]} » n'a pas les chiffres d'un numéro de téléphone : saisissez-le de nouveau, en texte."
    return number, ""


def _in_pairs(digits: str) -> str:
    return " ".join(digits[start : start + 2] for start in range(0, len(digits), 2))
