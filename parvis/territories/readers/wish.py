"""What a line of an official file says of one territory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from parvis.territories.enums import TerritoryKind


@dataclass(frozen=True, slots=True)
class Wish:
    """`None` says nothing: what is known stays. `line` is where the file says it first."""

    line: int
    kind: TerritoryKind
    official_code: str
    name: str | None = None
    parent: str | None = None
    also_in: tuple[str, ...] | None = None
    outline: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The wishes of a file (agglomérations first, then communes, then QPVs), and remarks to show."""

    wishes: tuple[Wish, ...]
    remarks: tuple[str, ...] = ()


PARENT_KIND = {
    TerritoryKind.MUNICIPALITY: TerritoryKind.INTERCOMMUNALITY,
    TerritoryKind.NEIGHBOURHOOD: TerritoryKind.MUNICIPALITY,
}
