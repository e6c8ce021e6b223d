"""Titles and names: whatever is pasted, sent or imported, the column holds one line.

A second line would forge the subject of a mail, a cell, a heading. Line ends, tabs and runs of blanks become one blank.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

    _CharField = models.CharField[str | int | Combinable, str]
else:
    _CharField = models.CharField


def one_line(text: str) -> str:
    """
    >>> one_line("  Le bus\\n\\tdu soir ")
    'Le bus du soir'
    """
    return " ".join(text.split())


class OneLineField(_CharField):
    """A `CharField` that makes one line of what it is given, in the row and in the base. Migrations see a plain one."""

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _, args, options = super().deconstruct()
        return name, "django.db.models.CharField", args, options

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.get_prep_value(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return one_line(prepared) if isinstance(prepared, str) else prepared
