"""Errors that a person may read.

Every message is one French sentence (or two) that says what happened and what to do. The pure packages
(`parvis.reading`, `parvis.insight`, `parvis.documents`) import this module, so it imports nothing.
"""

from __future__ import annotations

from collections.abc import Sequence


class ParvisError(Exception):
    """Base of every error whose message is meant for the person at the screen."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class RefusedInput(ParvisError):
    """An input that cannot be taken as it is. Nothing was stored.

    `lines` holds one sentence for each faulty line of a file, already numbered for the reader.
    """

    def __init__(self, message: str, lines: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.lines = tuple(lines)


class NotAllowed(ParvisError):
    """The actor may not do this here and now (role, territory, phase or state)."""


class TooMany(ParvisError):
    """It happened so often lately that once more is refused. Nothing was stored; later it may pass."""


class ForbiddenMove(ParvisError):
    """A change of state that the table of allowed moves does not hold."""


class Stale(ParvisError):
    """Someone else changed the same thing first; what was typed is kept by the caller."""
