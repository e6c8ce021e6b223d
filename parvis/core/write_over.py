"""A row is written over only as its writer saw it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import models, transaction

from parvis.core.errors import RefusedInput

Row = TypeVar("Row", bound=models.Model)

_GONE = "Ce que vous modifiez vient d'être retiré : rien n'est enregistré. Gardez une copie de ce que vous avez écrit."


def write_over(
    row: Row, check: Callable[[Row], None], write: Callable[[Row], object], *, lock: models.Model | None = None
) -> None:
    """Lock `row` (or what its operation locks first), let `check` refuse it as it stands, then `write`: nobody changes
    it in between. Raises what both raise."""
    locked = lock if lock is not None else row
    with transaction.atomic():
        type(locked)._default_manager.select_for_update().filter(pk=locked.pk).first()
        standing = type(row)._default_manager.filter(pk=row.pk).first()
        if standing is None:
            raise RefusedInput(_GONE)
        check(standing)
        write(standing)
