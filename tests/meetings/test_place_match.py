"""The place a contribution names is offered; what only looks like one is not."""

from __future__ import annotations

import pytest

from parvis.core.errors import RefusedInput
from parvis.meetings.models import MinutesLine
from parvis.meetings.operations.import_report import import_report
from parvis.meetings.operations.publish_minutes import publish_minutes
from parvis.meetings.operations.review import set_territory
from parvis.meetings.operations.take_back import undo_change
from parvis.meetings.place_match import PlaceMatcher
from parvis.territories.enums import TerritoryKind
from parvis.territories.models import Territory
from parvis.territories.operations.link_ancestry import link_ancestry
from tests.meetings.scene import Scene


@pytest.fixture
def town(scene: Scene) -> Territory:
    """Merlonges, its neighbourhood Le Port, and Les Ulmes beside it."""
    above = scene.consultation.territory
    town = Territory.objects.create(kind=TerritoryKind.MUNICIPALITY, name="Merlonges", official_code="1", parent=above)
    Territory.objects.create(kind=TerritoryKind.MUNICIPALITY, name="Les Ulmes", official_code="2", parent=above)
    Territory.objects.create(kind=TerritoryKind.NEIGHBOURHOOD, name="Le Port", official_code="3", parent=town)
    link_ancestry()
    return town


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("À Merlonges, l'accueil fonctionne", "Merlonges"),
        ("Équipements (Les Ulmes)", "Les Ulmes"),
        ("le port de charges trop lourdes", None),
        ("Au Port, les bus manquent", None),
        ("Le Port à Merlonges a besoin d'un médecin", "Le Port"),
        ("Merlonges et Les Ulmes se parlent", None),
        ("MERLONGES : peu de médecins", "Merlonges"),
        ("Rien de tout cela", None),
    ],
)
def test_place_named(scene: Scene, town: Territory, text: str, name: str | None) -> None:
    found = PlaceMatcher.of(scene.consultation.territory_id).find([text])
    assert (found.name if found else None) == name


def test_offered_corrected_taken_back_published(scene: Scene, town: Territory) -> None:
    report = b"Emploi / Insertion\nDefis\n1. A Merlonges, le bus part tot\n2. Les dossiers se font en ligne\n"
    minutes = import_report(scene.alice, scene.meeting, report, "a.txt").minutes
    assert minutes is not None

    def territories() -> list[int | None]:
        return list(minutes.lines.filter(place="item").order_by("position").values_list("territory", flat=True))

    assert territories() == [town.pk, None]
    codes = list(MinutesLine.objects.filter(place="item").order_by("position").values_list("code", flat=True))
    set_territory(scene.alice, minutes, codes, None)
    assert territories() == [None, None]
    undo_change(scene.alice, minutes)
    assert territories() == [town.pk, None]
    publish_minutes(scene.alice, scene.ready(minutes))
    said = list(minutes.contributions.order_by("id").values_list("territory", flat=True))
    assert said == [town.pk, scene.meeting.territory_id]


def test_place_elsewhere_is_refused(scene: Scene, town: Territory) -> None:
    minutes = scene.draft()
    elsewhere = Territory.objects.create(kind=TerritoryKind.MUNICIPALITY, name="Ailleurs", official_code="9")
    link_ancestry()
    code = minutes.lines.filter(place="item").order_by("position")[0].code
    with pytest.raises(RefusedInput):
        set_territory(scene.alice, minutes, [code], elsewhere)
