"""The tabs of a workbook of forms: those that hold the same form again, those that say how to fill it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from parvis.reading.sheet_files.label_match import field_of, numbering
from parvis.reading.sheet_files.model import FieldName
from parvis.reading.word_match import key_of

_SAME: Final = 3
_OPENING: Final[frozenset[FieldName]] = frozenset({"title", "lead"})
_GUIDANCE: Final = re.compile(
    r"(?:mode d emploi|notice|consignes?|instructions?|lisez moi|lire d abord|a lire|read me|aide|explications?|"
    r"listes|listes? (?:deroulantes?|de choix|de valeurs)|parametres?|nomenclatures?|menus? deroulants?)"
    r"(?: (?:d emploi|d utilisation|de saisie|de remplissage|a la saisie|au remplissage|generales?|utilisateur))?"
)


def is_guidance_tab(name: str) -> bool:
    """Whether the name of a tab says that it holds no sheet.

    >>> is_guidance_tab("Mode d’emploi"), is_guidance_tab("Liste des actions"), is_guidance_tab("Aide alimentaire")
    (True, False, False)
    """
    return _GUIDANCE.fullmatch(key_of(name)) is not None


def forms_again(tabs: Sequence[Sequence[str]]) -> frozenset[int]:
    """The ranks of the tabs that hold one form again and again, by the first cells of their rows.

    A project over two tabs has a form and a budget: no label of one is in the other.
    """
    labels = [_labels(cells) for cells in tabs]
    times = Counter(label for tab in labels for label in tab)
    again = set()
    for rank, tab in enumerate(labels):
        shared = {label: field for label, field in tab.items() if times[label] > 1}
        if len(set(shared.values())) >= _SAME and _OPENING & set(shared.values()):
            again.add(rank)
    return frozenset(again)


def _labels(cells: Sequence[str]) -> dict[str, FieldName]:
    """The labels of the vocabulary among the cells of a tab, with their field."""
    labels: dict[str, FieldName] = {}
    for cell in cells:
        named = field_of(cell[numbering(cell) :].replace("\n", " "))
        if named is not None:
            labels[key_of(cell)] = named[0]
    return labels
