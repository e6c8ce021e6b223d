"""Outlines of QPVs, as a GeoJSON feature collection (longitude then latitude, in degrees)."""

from __future__ import annotations

import json
import math
from typing import Any

from parvis.core.errors import RefusedInput
from parvis.territories.enums import TerritoryKind
from parvis.territories.readers.codes import qpv_code
from parvis.territories.readers.entries import OfficialFile, TerritoryEntry

_DEPTH = {"Polygon": 1, "MultiPolygon": 2}
_CODES = ("code_qp", "code")
_MOST_FAULTS = 200
_QUOTED = 60


def read_geojson(text: str) -> OfficialFile:
    """One entry a feature, with its outline. Refuses everything at once, one sentence a faulty feature."""
    try:
        document = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise RefusedInput(
            "Ce fichier GeoJSON est incomplet ou abîmé : téléchargez-le de nouveau, puis recommencez."
        ) from None
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not features:
        raise RefusedInput("Ce fichier GeoJSON n'a pas de contour : il faut une « FeatureCollection » de quartiers.")
    faults: list[str] = []
    entries: dict[str, TerritoryEntry] = {}
    for number, feature in enumerate(features, start=1):
        entry = _read_feature(number, feature)
        if isinstance(entry, str):
            faults.append(f"Contour {number} : {entry}")
        elif entry.official_code in entries:
            faults.append(f"Contour {number} : {entry.official_code} a déjà un contour plus haut.")
        else:
            entries[entry.official_code] = entry
    if faults:
        raise RefusedInput(
            "Rien n'a été importé : corrigez les contours indiqués, puis recommencez.", faults[:_MOST_FAULTS]
        )
    return OfficialFile(tuple(entries.values()))


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _read_feature(number: int, feature: Any) -> TerritoryEntry | str:
    """The outline that a feature gives a QPV, or what is wrong with it."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(properties, dict) or not isinstance(geometry, dict):
        return "il faut des propriétés et une géométrie."
    given = next((properties[name] for name in _CODES if isinstance(properties.get(name), str)), "")
    code = qpv_code(given)
    if code is None:
        return f"« {' '.join(given.split())[:_QUOTED]} » n'est pas un code de quartier (propriété code_qp)."
    shape, coordinates = geometry.get("type"), geometry.get("coordinates")
    if shape not in _DEPTH or not _is_outline(coordinates, _DEPTH[shape]):
        return "il faut un polygone en degrés (WGS 84), longitude puis latitude."
    return TerritoryEntry(
        number, TerritoryKind.NEIGHBOURHOOD, code, outline={"type": shape, "coordinates": coordinates}
    )


def _is_outline(value: Any, depth: int) -> bool:
    """Rings of positions under `depth` lists, each ring closed, each position in degrees."""
    if not isinstance(value, list) or not value:
        return False
    if depth == 1:
        return all(map(_is_ring, value))
    return all(_is_outline(part, depth - 1) for part in value)


def _is_ring(ring: Any) -> bool:
    return isinstance(ring, list) and len(ring) >= 4 and all(map(_is_position, ring)) and ring[0] == ring[-1]


def _is_position(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) in (2, 3)
        and all(isinstance(number, int | float) and math.isfinite(number) for number in value)
        and abs(value[0]) <= 180
        and abs(value[1]) <= 90
    )
