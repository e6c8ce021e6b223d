"""What an official file says of each territory, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from parvis.territories.enums import TerritoryKind


@dataclass(frozen=True, slots=True)
class TerritoryEntry:
    """One territory of a file. A field that is None is not in the file: the tree keeps its own value.

    `line` is where the file names the territory first; `parent` and `also_in` are official codes.
    """

    line: int
    kind: TerritoryKind
    official_code: str
    name: str | None = None
    parent: str | None = None
    also_in: tuple[str, ...] | None = None
    outline: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class OfficialFile:
    """A file that was read: agglomérations first, then communes, then QPVs; and remarks to show to the agent."""

    entries: tuple[TerritoryEntry, ...]
    remarks: tuple[str, ...] = ()


PARENT_KIND = {
    TerritoryKind.MUNICIPALITY: TerritoryKind.INTERCOMMUNALITY,
    TerritoryKind.NEIGHBOURHOOD: TerritoryKind.MUNICIPALITY,
}
