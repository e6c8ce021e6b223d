"""The command line in French: what it refuses is one sentence, and a code of 2."""

from __future__ import annotations

import argparse
import datetime
import sys
from typing import Final, NoReturn

_FRENCH: Final = {
    "usage: ": "emploi : ",
    "positional arguments": "arguments",
    "show this help message and exit": "affiche cette aide",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s : %(message)s",
    "the following arguments are required: %s": "il manque %s",
    "one of the arguments %s is required": "il manque l'un de %s",
    "unrecognized arguments: %s": "mots inconnus : %s",
    "invalid choice: %(value)r (choose from %(choices)s)": "« %(value)s » n'existe pas (au choix : %(choices)s)",
    "invalid %(type)s value: %(value)r": "« %(value)s » n'a pas la bonne forme",
    "not allowed with argument %s": "ne va pas avec %s",
    "ignored explicit argument %r": "ne prend pas de valeur (%r)",
    "expected one argument": "il manque sa valeur",
    "expected at most one argument": "une valeur au plus",
    "expected at least one argument": "il manque sa valeur",
    "expected %s argument": "il faut %s valeur",
    "expected %s arguments": "il faut %s valeurs",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s peut vouloir dire %(matches)s",
}


class FrenchParser(argparse.ArgumentParser):
    """Python's own words come from `gettext`, for which it has no French: they are translated where it asks."""

    def error(self, message: str) -> NoReturn:
        print(f"{message[:1].upper()}{message[1:]}. Voyez « {self.prog} --help ».", file=sys.stderr)
        sys.exit(2)


vars(argparse).update(
    _=lambda text: _FRENCH.get(text, text),
    ngettext=lambda one, many, count: _FRENCH.get(one if count == 1 else many, many),
)


def port(text: str) -> int:
    """A port where one may listen."""
    return _number(text, 1, 65_535, "un port est un nombre de 1 à 65535")


def process_count(text: str) -> int:
    """How many processes; 0, as many as it takes."""
    return _number(text, 0, 1_000, "donnez un nombre de processus, 1 ou plus")


def date(text: str) -> datetime.date:
    """A day, written YYYY-MM-DD."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"« {text} » n'est pas une date : écrivez AAAA-MM-JJ") from None


def _number(text: str, least: int, most: int, wanted: str) -> int:
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise argparse.ArgumentTypeError(f"« {text} » ne va pas, {wanted}")
    return int(text)
