"""A map without tiles: the outlines of the territories, drawn by the server, with a count on each.

Outlines come as GeoJSON (longitude, latitude). At the scale of an agglomération an equirectangular projection, with
longitudes shortened by the cosine of the middle latitude, is right within a thousandth.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.core.cache import cache

from parvis.french import counts
from parvis.gathering.public.territory_tree import Place, outlines
from parvis.territories.enums import TerritoryKind
from parvis.web.public.map_names import Spot, place_names

WIDTH = 320.0
_MARGIN = 12.0
_STEP = 0.8
"""Vertices nearer than this to the one before (in units of the drawing) are left out: nobody sees them."""
_KEPT_SECONDS = 600

Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True, slots=True)
class Shape:
    """A territory on the map: its outline as an SVG path, where its count stands, how large, and where its name."""

    code: str
    name: str
    kind: str
    label: str
    path: str
    x: float
    y: float
    radius: float
    count: int
    count_words: str
    name_at: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class TerritoryMap:
    """A drawing `width` × `height`: wide territories first, so that narrow ones lie over them."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


_ORDER = [TerritoryKind.INTERCOMMUNALITY, TerritoryKind.MUNICIPALITY, TerritoryKind.NEIGHBOURHOOD]


def draw_map(places: Iterable[Place]) -> TerritoryMap | None:
    """The map of these territories, or None when none has an outline, or when their names do not fit on it: an outline
    without a name tells nothing. One query, or none when it was drawn lately.

    Discs and names stand on the communes; on the neighbourhoods when no commune has an outline. Only the outlines are
    kept (ten minutes, by the list of territories); the counts are those of `places`.
    """
    by_id = {place.id: place for place in places}
    drawn = _outlines(by_id)
    if drawn is None:
        return None
    height, shapes_by_id = drawn
    towns = any(by_id[pk].kind == TerritoryKind.MUNICIPALITY for pk in shapes_by_id if pk in by_id)
    counted = TerritoryKind.MUNICIPALITY if towns else TerritoryKind.NEIGHBOURHOOD
    shapes = [
        Shape(
            place.code,
            place.name,
            place.kind,
            place.kind_label,
            path,
            x,
            y,
            _radius(place.count) if place.kind == counted else 0.0,
            place.count,
            counts.plural(place.count, "rencontre", "rencontres"),
        )
        for pk, (path, x, y) in shapes_by_id.items()
        if (place := by_id.get(pk))
    ]
    shapes.sort(key=lambda shape: _ORDER.index(TerritoryKind(shape.kind)))
    named = [shape for shape in shapes if shape.kind == counted]
    spots = [Spot(shape.x, shape.y, shape.radius, shape.name) for shape in named]
    feet = place_names(spots, WIDTH, height)
    if feet is None:
        return None
    names = {shape.code: foot for shape, foot in zip(named, feet, strict=True)}
    return TerritoryMap(WIDTH, height, tuple(replace(shape, name_at=names.get(shape.code)) for shape in shapes))


def _radius(count: int) -> float:
    """The area of the disc follows the count, within what can be read and tapped."""
    return round(min(20.0, 9.0 + 2.2 * math.sqrt(count)), 1) if count else 0.0


Drawn = tuple[float, dict[int, tuple[str, float, float]]]


def _outlines(by_id: dict[int, Place]) -> Drawn | None:
    names = repr(sorted((place.id, place.code, place.kind) for place in by_id.values()))
    key = f"territory-map:1:{hashlib.sha256(names.encode()).hexdigest()}"
    kept: Drawn | str | None = cache.get(key)
    if kept is None:
        kept = project(outlines()) or "none"
        cache.set(key, kept, _KEPT_SECONDS)
    return None if isinstance(kept, str) else kept


def project(outlines: dict[int, dict[str, Any]]) -> Drawn | None:
    """Height of the drawing, and for each outline its path and the middle of its widest ring."""
    rings = {pk: list(_rings(outline)) for pk, outline in outlines.items()}
    points = [point for outline in rings.values() for ring in outline for point in ring]
    if not points:
        return None
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    shrink = math.cos(math.radians((south + north) / 2))
    scale = (WIDTH - 2 * _MARGIN) / max((east - west) * shrink, (north - south) / 1.3, 1e-6)
    indent = (WIDTH - (east - west) * shrink * scale) / 2

    def place(point: Point) -> Point:
        return (indent + (point[0] - west) * shrink * scale, _MARGIN + (north - point[1]) * scale)

    drawn = {}
    for pk, outline in rings.items():
        projected = [[place(point) for point in ring] for ring in outline]
        if not projected:
            continue
        widest = max(projected, key=lambda ring: abs(_area(ring)))
        x, y = _middle(widest)
        drawn[pk] = ("".join(_path(ring) for ring in projected), round(x, 1), round(y, 1))
    return (round((north - south) * scale + 2 * _MARGIN, 1), drawn)


def _rings(outline: dict[str, Any]) -> Iterator[Ring]:
    """Every closed line of a Polygon, a MultiPolygon, or a Feature or collection that holds some."""
    kind = outline.get("type")
    if kind == "Feature":
        yield from _rings(outline.get("geometry") or {})
    elif kind in ("FeatureCollection", "GeometryCollection"):
        for part in [*outline.get("features", []), *outline.get("geometries", [])]:
            yield from _rings(part)
    elif kind in ("Polygon", "MultiPolygon"):
        polygons = [outline["coordinates"]] if kind == "Polygon" else outline["coordinates"]
        for polygon in polygons:
            for ring in polygon:
                if len(ring) >= 4:
                    yield [(float(point[0]), float(point[1])) for point in ring]


def _path(ring: Ring) -> str:
    """An SVG path with whole tenths, without the vertices nobody sees."""
    kept = [ring[0]]
    for point in ring[1:-1]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= _STEP:
            kept.append(point)
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) + "Z"


def _area(ring: Ring) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs) / 2


def _middle(ring: Ring) -> Point:
    """The centre of gravity of a ring; the mean of its points when it is flat."""
    area = _area(ring)
    if abs(area) < 1e-9:
        return (sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring))
    pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    cross = [(x1 * y2 - x2 * y1, x1 + x2, y1 + y2) for (x1, y1), (x2, y2) in pairs]
    return (sum(c * x for c, x, _ in cross) / (6 * area), sum(c * y for c, _, y in cross) / (6 * area))
