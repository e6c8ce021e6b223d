"""What an edition freezes: a header and lines of plain JSON, built by the app that publishes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FrozenLine:
    """One line to freeze. `reference` (`<kind>:<code>`) stays the same from edition to edition."""

    role: str
    reference: str
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Content:
    """All that one edition says. `header` is what its hash covers beside the lines."""

    header: dict[str, Any]
    lines: tuple[FrozenLine, ...]
