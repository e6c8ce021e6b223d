"""Registers: each moves only to a later intention, in one statement, whatever races."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import models

from parvis.meetings.enums import MarkField
from parvis.meetings.models import Board, Mark


def advance(
    model: type[models.Model], keys: Mapping[str, Any], values: Mapping[str, Any], stamp: str, *, name: str = "stamp"
) -> None:
    """Set `values` on the row of `keys`, made if there is none, unless a later intention stands. `name`: its column.

    The row's UNIQUE constraint and the condition of the update decide; nothing is read first.
    """
    rows = model._default_manager
    rows.bulk_create([model(**keys, **values, **{name: stamp})], ignore_conflicts=True)
    rows.filter(**keys, **{f"{name}__lt": stamp}).update(**values, **{name: stamp})


def mark(board: Board, reference: uuid.UUID, field: MarkField, value: str, stamp: str) -> None:
    """Set one register of a note or of a family."""
    advance(Mark, {"board": board, "reference": reference, "field": field}, {"value": value}, stamp)
