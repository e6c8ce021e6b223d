"""What is shown of an action, as the JSON that is frozen and published, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from parvis.insight.bounds import Bounds
from parvis.insight.shown import Appreciation, Awareness, Part, Shown, Values

Data = dict[str, Any]


def shown_data(shown: Shown) -> Data:
    """`awareness`, `appreciation` and `values`, each null where it is not told; numbers are {low, high}."""
    return asdict(shown)


def appreciation_data(appreciation: Appreciation) -> Data:
    return asdict(appreciation)


def parts_data(parts: Mapping[str, Part] | None) -> Data | None:
    """Name of each part → its three counts, in the order given; null where the split is not told."""
    return None if parts is None else {name: asdict(part) for name, part in parts.items()}


def read_parts(data: Mapping[str, Any] | None) -> dict[str, Part]:
    """Back from `parts_data`; empty where the split is not told."""
    return {name: Part(**part) for name, part in (data or {}).items()}


def read_shown(data: Mapping[str, Any]) -> Shown:
    """Back from `shown_data`; a part that is not there is not told."""
    awareness, values = data.get("awareness"), data.get("values")
    return Shown(
        awareness=Awareness(Bounds(**awareness["knows"]), awareness["answered"], awareness["asked"])
        if awareness
        else None,
        appreciation=read_appreciation(data["appreciation"]) if data.get("appreciation") else None,
        values=Values(**_parts(values)) if values else None,
    )


def read_appreciation(data: Mapping[str, Any]) -> Appreciation:
    return Appreciation(**_parts(data))


def _parts(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: Bounds(**bounds) if bounds is not None else None for name, bounds in data.items()}
