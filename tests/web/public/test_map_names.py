"""The names of a map: each beside its place, none over another; without them, no map."""

from __future__ import annotations

import pytest
from django.test import Client

from parvis.territories.enums import TerritoryKind
from parvis.territories.models import Territory, TerritoryAncestry
from parvis.web.public.map_names import SIZE, Spot, place_names
from tests.meetings.scene import Scene, make_scene


def test_a_name_stands_under_its_place() -> None:
    assert place_names([Spot(160, 100, 10, "Le Rail")], 320, 300) == [(160, 100 + 10 + SIZE)]


def test_two_near_places_are_named_apart() -> None:
    names = place_names([Spot(100, 100, 10, "Le Port aux Blés"), Spot(180, 104, 10, "Les Peupliers")], 320, 300)
    assert names
    assert names[0][1] > 100
    assert names[1][1] < 104


def test_a_name_never_leaves_the_drawing() -> None:
    names = place_names([Spot(5, 100, 8, "Cité du Rail"), Spot(316, 290, 8, "Les Peupliers")], 320, 300)
    assert names
    assert names[0][0] > 5
    assert names[1][0] < 316
    assert names[1][1] < 290


@pytest.mark.parametrize(
    "spots",
    [
        [Spot(160, 100 + shift, 10, "Le Port aux Blés") for shift in range(3)],
        [Spot(160, 100, 10, "Un nom bien trop long pour tenir sur la largeur du dessin")],
    ],
)
def test_no_room_no_map(spots: list[Spot]) -> None:
    assert place_names(spots, 320, 300) is None


def outlined(scene: Scene, name: str, west: float) -> Territory:
    square = [[west, 48.0], [west + 0.01, 48.0], [west + 0.01, 48.01], [west, 48.01], [west, 48.0]]
    outline = {"type": "Polygon", "coordinates": [square]}
    here = scene.consultation.territory
    town = Territory.objects.create(
        kind=TerritoryKind.MUNICIPALITY,
        name=name,
        official_code=f"9{int(west * 1000):04}",
        parent=here,
        outline=outline,
    )
    for ancestor in (town, here):
        TerritoryAncestry.objects.create(territory=town, ancestor=ancestor)
    return town


@pytest.mark.django_db
def test_the_list_has_a_map_with_names_or_none() -> None:
    scene = make_scene()
    outlined(scene, "Courvanne", 2.0)
    outlined(scene, "Saint-Aubric", 2.1)
    shown = Client().get("/rencontres/").content.decode()
    assert shown.count('class="map__name"') == 2
    for rank in range(5):
        outlined(scene, f"Une commune au nom bien long {rank}", 2.2 + rank * 0.01)
    shown = Client().get("/rencontres/").content.decode()
    assert '<svg class="map"' not in shown
    assert "Une commune au nom bien long 4" in shown
