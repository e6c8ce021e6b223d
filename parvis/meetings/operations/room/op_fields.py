"""The fields of an operation that a device sends to a room, checked: one sentence for each fault."""

from __future__ import annotations

import uuid
from typing import Any, Final

from parvis.consultations.enums import Kind
from parvis.consultations.models import Theme
from parvis.consultations.operations.own_contributions import MAX_TEXT
from parvis.consultations.outbox import Op
from parvis.core.errors import RefusedInput
from parvis.meetings.models import Board
from parvis.meetings.rules import themes_of_room

MAX_TITLE: Final = 200
MAX_NAME: Final = 160
MAX_PEOPLE: Final = 500


def text_of(op: Op, name: str = "text", most: int = MAX_TEXT) -> str:
    """A text of 1 to `most` characters."""
    text = op.body.get(name)
    if not isinstance(text, str) or not text.strip() or "\x00" in text:
        raise RefusedInput("Écrivez au moins un mot.")
    if len(text.strip()) > most:
        raise RefusedInput(f"Ce texte a {len(text.strip())} caractères : {most} au plus. Séparez-le en deux.")
    return text.strip()


def reference_of(op: Op, name: str = "of") -> uuid.UUID:
    """The note or the family that an operation is about."""
    reference = optional_reference(op, name)
    if reference is None:
        raise RefusedInput(f"Il manque la note ou la famille dont il s'agit ({name}).")
    return reference


def optional_reference(op: Op, name: str) -> uuid.UUID | None:
    """The same, or None when it is not given, or given as nothing."""
    given = op.body.get(name)
    if given is None:
        return None
    return _uuid(given, name)


def references_of(op: Op, name: str = "notes") -> list[uuid.UUID]:
    """A list of notes, empty when none is given."""
    given: Any = op.body.get(name) or []
    if not isinstance(given, list) or len(given) > 500:
        raise RefusedInput(f"{name} est une liste de notes.")
    return [_uuid(reference, name) for reference in given]


def kind_of(op: Op) -> Kind:
    """Défi, atout, proposition, or still to sort."""
    kind = op.body.get("contribution_kind")
    if not isinstance(kind, str) or kind not in Kind.values:
        raise RefusedInput("Choisissez : défi, atout ou proposition.")
    return Kind(kind)


def theme_of(op: Op, board: Board) -> Theme:
    """The theme that is named, among those of the meeting; the meeting's first when none is named."""
    code, themes = op.body.get("theme"), themes_of_room(board.meeting)
    theme = themes.first() if code is None else themes.filter(code=code).first() if isinstance(code, str) else None
    if theme is None:
        raise RefusedInput("Cette thématique n'est pas de cet atelier.")
    return theme


def number_of(op: Op, name: str, most: int) -> int:
    """A whole number from 0 to `most`."""
    number = op.body.get(name)
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        raise RefusedInput(f"{name} est un nombre entier, 0 au moins.")
    if number > most:
        raise RefusedInput(f"{number}, c'est trop : {most} au plus.")
    return number


def flag_of(op: Op, name: str) -> bool:
    """True unless false is said."""
    given = op.body.get(name, True)
    if not isinstance(given, bool):
        raise RefusedInput(f"{name} est vrai ou faux.")
    return given


def _uuid(given: Any, name: str) -> uuid.UUID:
    try:
        return uuid.UUID(given)
    except (ValueError, TypeError, AttributeError):
        raise RefusedInput(f"{name} n'est pas une référence.") from None
