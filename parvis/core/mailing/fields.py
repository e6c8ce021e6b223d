"""Fields in a text that someone wrote: « {lien} » stands for what is put there when the mail is written."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final

from parvis.french.counts import enumeration

_FIELD: Final = re.compile(r"\{([^{}\n]{0,60})\}")


def field_faults(text: str, known: Collection[str], mandatory: Collection[str] = ()) -> list[str]:
    """What is wrong with the fields of `text`, one French sentence each; empty when a mail can be written from it."""
    named = dict.fromkeys(_FIELD.findall(text))
    faults = [
        f"Le champ {{{name}}} n'existe pas ici. Ceux de ce courriel : {_listed(known)}."
        for name in named
        if name not in known
    ]
    if re.search(r"[{}]", _FIELD.sub("", text)):
        faults.append("Une accolade est seule : un champ s'écrit entre deux accolades, par exemple {organisme}.")
    missing = [name for name in mandatory if name not in named]
    if missing:
        faults.append(f"Il manque {_listed(missing)} : ajoutez-{'les' if len(missing) > 1 else 'le'} dans le texte.")
    return faults


def fill_fields(text: str, values: Mapping[str, str]) -> str:
    """`text` with the value of each field. What a value holds is never read as a field again."""
    return _FIELD.sub(lambda match: values[match[1]], text)


def _listed(names: Collection[str]) -> str:
    return enumeration([f"{{{name}}}" for name in names])
