"""What an organisation is known by, in a table or on a sheet: its name, and those of the ones it absorbed."""

from __future__ import annotations

from collections.abc import Iterable

from parvis.core.text import fold
from parvis.people.models import Organisation


def organisation_key(name: str) -> str:
    """The sort key of an organisation of this name: the same however two people write it."""
    return fold(name)[:160]


def by_name(organisations: Iterable[Organisation]) -> dict[str, Organisation]:
    """Each under the key of its own name, then under those it took over, where nobody else bears them now."""
    rows = list(organisations)
    keyed = {row.sort_key: row for row in rows}
    for row in rows:
        for name in row.other_names:
            keyed.setdefault(organisation_key(name), row)
    return keyed
