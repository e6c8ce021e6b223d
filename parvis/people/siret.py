"""The number of an establishment (SIRET): what is wrong with one, said to the person who typed it."""

from __future__ import annotations

import re
from typing import Final

from parvis.people.eaten_numbers import is_rounded

_SEPARATORS: Final = re.compile(r"[\s.\u00a0\u202f\u2009-]+")
_DIGITS: Final = re.compile(r"[0-9]+")
_LENGTH: Final = 14
_SIREN: Final = 9
# The post offices ran out of numbers that pass Luhn: theirs add up to a multiple of five; the head office passes.
_POST: Final = "356000000"
_POST_HEAD_OFFICE: Final = "35600000000048"


def clean_siret(text: str) -> str:
    """`text` without the spaces, dots and dashes that group its digits.

    >>> clean_siret(" 356 000 000 00048 ")
    '35600000000048'
    """
    return _SEPARATORS.sub("", text)


def siret_fault(text: str) -> str | None:
    """What is wrong with a SIRET, in one French sentence; None when it is right."""
    number = clean_siret(text)
    shown = " ".join(text.split())[:40]
    if is_rounded(text):
        return f"Le tableur a arrondi le SIRET « {shown} » : mettez la colonne en texte et saisissez-le de nouveau."
    if not number:
        return "Le SIRET est vide : saisissez ses 14 chiffres."
    if not _DIGITS.fullmatch(number):
        return f"Le SIRET « {shown} » contient autre chose que des chiffres : saisissez ses 14 chiffres."
    if len(number) == _SIREN:
        return f"« {shown} » est un SIREN, de 9 chiffres : saisissez les 14 chiffres du SIRET de l'établissement."
    if len(number) == _LENGTH - 1 and siret_fault(f"0{number}") is None:
        return f"Le SIRET « {shown} » a perdu son zéro du début : saisissez « 0{number} »."
    if len(number) != _LENGTH:
        return f"Le SIRET « {shown} » a {len(number)} chiffres au lieu de 14 : vérifiez-le."
    if not _passes(number):
        return f"Le SIRET « {shown} » contient une erreur de frappe : vérifiez ses 14 chiffres."
    return None


def _passes(number: str) -> bool:
    siren = number[:_SIREN]
    if not siren.strip("0") or not _luhn(siren):
        return False
    if siren == _POST and number != _POST_HEAD_OFFICE:
        return sum(map(int, number)) % 5 == 0
    return _luhn(number)


def _luhn(number: str) -> bool:
    """The sum of the digits, every second from the right doubled, is a multiple of ten."""
    total = 0
    for rank, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + rank % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
