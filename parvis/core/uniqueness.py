"""Two people who do the same at the same moment: the database takes one, and the other reads why hers was refused.

An operation that looks before it writes sees what is there, never what another writes meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import IntegrityError, transaction

from parvis.core.errors import RefusedInput

SAME_MOMENT: Final = (
    "Quelqu'un vient d'enregistrer la même chose au même moment, et rien de cet envoi n'a été gardé : "
    "regardez ce qui y est maintenant, puis recommencez s'il le faut."
)
_UNIQUE_VIOLATION: Final = "23505"


def broke_uniqueness(error: BaseException | None) -> bool:
    """Whether a row like this one was there already."""
    if not isinstance(error, IntegrityError):
        return False
    return getattr(error.__cause__, "sqlstate", "") == _UNIQUE_VIOLATION or "UNIQUE constraint" in str(error)


@contextmanager
def refusing_duplicates(message: str = SAME_MOMENT) -> Iterator[None]:
    """Undo what the block wrote and raise `RefusedInput` when a row of the same key was there already."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if not broke_uniqueness(error):
            raise
        raise RefusedInput(message) from None
