"""What may be done to the sheets that an agent chose, and what she is told of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from parvis.consultations.models import Consultation
from parvis.french.counts import enumeration, plural
from parvis.people.models import User
from parvis.sheets.operations.many_sheets import Outcome, delete_many, hide_many, show_many, withdraw_many

Gesture = Callable[[User, Consultation, Sequence[str]], Outcome]

GESTURES: Final[dict[str, Gesture]] = {
    "montrer": show_many,
    "reprendre": withdraw_many,
    "masquer": partial(hide_many, hidden=True),
    "retablir": partial(hide_many, hidden=False),
    "supprimer-vraiment": delete_many,
}
"""By what the button sends. Those that need a choice (who reads, which theme) are written by `list_views`."""

_DONE: Final = {
    "montrer": ("fiche montrée aux partenaires", "fiches montrées aux partenaires"),
    "reprendre": ("fiche reprise aux partenaires", "fiches reprises aux partenaires"),
    "masquer": ("fiche masquée : elle n'est plus comptée nulle part",
                "fiches masquées : elles ne sont plus comptées nulle part"),
    "retablir": ("fiche rétablie", "fiches rétablies"),
    "supprimer-vraiment": ("fiche supprimée", "fiches supprimées"),
    "lecteurs": ("fiche a changé de lecteurs", "fiches ont changé de lecteurs"),
    "ranger": ("fiche rangée sous la thématique", "fiches rangées sous la thématique"),
    "sortir": ("fiche sortie de la thématique", "fiches sorties de la thématique"),
}  # fmt: skip
_LEFT: Final = {
    "supprimer-vraiment": "on en a déjà parlé, masquez plutôt",
    "lecteurs": "réservée : ouvrez-la sur sa page",
    "sortir": "elle n'a pas d'autre thématique",
}


def told(gesture: str, outcome: Outcome) -> str:
    """« 3 fiches supprimées. Pas « A » ni… »: what changed, then what was left and why."""
    said = f"{plural(outcome.changed, *_DONE[gesture])}."
    if outcome.left:
        titles = enumeration([f"« {title} »" for title in outcome.left])
        said += f" {'Laissée' if len(outcome.left) == 1 else 'Laissées'} : {titles} ({_LEFT[gesture]})."
    return said
