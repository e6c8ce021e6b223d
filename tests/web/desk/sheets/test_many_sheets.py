"""One gesture on many sheets: chosen one by one or by a filter, each in the journal, nothing said ever lost."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from parvis.consultations.enums import Audience
from parvis.core.models import JournalEntry
from parvis.sheets.enums import SheetState
from parvis.sheets.models import ActionSheet
from tests.html import squeezed
from tests.sheets.scene import Sheets, make_sheets
from tests.web.desk.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> Sheets:
    """`permis` (1) and `velo` (2) shown; three drafts, 3 to 5."""
    world = make_sheets()
    ActionSheet.objects.update(audience=Audience.PARTNERS)
    for number, title in enumerate(("Jardins", "Médiation", "Nuits d'été"), start=3):
        world.sheet(title, number=number, state=SheetState.DRAFT, audience=Audience.PARTNERS)
    return world


@pytest.fixture
def desk(world: Sheets) -> Client:
    return signed_in(world.scene.alice)


def address(world: Sheets, query: str = "") -> str:
    return f"/gestion/concertations/{world.consultation.code}/fiches/{query}"


def do(desk: Client, world: Sheets, geste: str, *titles: str, query: str = "", **more: str) -> str:
    """Press a button; what the next page says."""
    codes = list(ActionSheet.objects.filter(title__in=titles).values_list("code", flat=True))
    answer = desk.post(address(world, query), {"geste": geste, "sheet": codes, **more}, follow=True)
    assert answer.status_code == 200
    return unescape(squeezed(answer.content.decode())).replace("\u00a0", " ").replace("\u202f", " ")


def states() -> dict[str, str]:
    return dict(ActionSheet.objects.order_by("number").values_list("title", "state"))


def order() -> list[str]:
    return list(ActionSheet.objects.order_by("number").values_list("title", flat=True))


def test_show_and_take_back(world: Sheets, desk: Client) -> None:
    assert "2 fiches montrées aux partenaires." in do(desk, world, "montrer", "Jardins", "Médiation", "Atelier vélo")
    assert [title for title, state in states().items() if state == "draft"] == ["Nuits d'été"]
    assert "1 fiche reprise aux partenaires." in do(desk, world, "reprendre", "Jardins", "Nuits d'été")
    assert states()["Jardins"] == SheetState.WITHDRAWN
    assert states()["Nuits d'été"] == SheetState.DRAFT
    verbs = JournalEntry.objects.filter(verb__in=("show_sheet", "withdraw_sheet")).values_list("verb", flat=True)
    assert list(verbs) == ["show_sheet", "show_sheet", "withdraw_sheet"]


def test_all_those_of_a_filter_and_no_other(world: Sheets, desk: Client) -> None:
    assert "3 fiches montrées" in do(desk, world, "montrer", query="?etat=draft", toutes="on")
    assert "1 fiche masquée" in do(desk, world, "masquer", query="?texte=JARDINS", toutes="on")
    page = desk.get(address(world, "?etat=masquees")).content.decode()
    assert "Jardins" in page
    assert "Médiation" not in page


def test_what_the_list_does_not_show_is_not_touched(world: Sheets, desk: Client) -> None:
    """A sheet ticked by a code that the filter leaves out is not of this list."""
    assert "Cochez d'abord" in do(desk, world, "masquer", "Atelier vélo", query="?etat=draft")
    assert not ActionSheet.objects.exclude(hidden_at=None).exists()


def test_who_may_read_never_opens_together_what_is_kept_apart(world: Sheets, desk: Client) -> None:
    ActionSheet.objects.filter(title="Jardins").update(audience=Audience.TEAM)
    ActionSheet.objects.filter(title="Médiation").update(audience=Audience.RESTRICTED)
    said = do(desk, world, "lecteurs", toutes="on", audience="public")
    assert "3 fiches ont changé de lecteurs. Laissées : « Jardins » et « Médiation »" in said
    audiences = dict(ActionSheet.objects.values_list("title", "audience"))
    assert (audiences["Jardins"], audiences["Médiation"], audiences["Atelier vélo"]) == ("team", "restricted", "public")
    assert "1 fiche a changé de lecteurs." in do(desk, world, "lecteurs", "Médiation", audience="team")


def test_themes(world: Sheets, desk: Client) -> None:
    health = world.scene.health.code
    assert "Choisissez d'abord une thématique" in do(desk, world, "ranger", "Jardins")
    assert "1 fiche rangée sous la thématique." in do(desk, world, "ranger", "Jardins", "Atelier vélo", theme=health)
    said = do(desk, world, "sortir", "Jardins", "Atelier vélo", theme=health)
    assert "1 fiche sortie de la thématique. Laissée : « Atelier vélo » (elle n'a pas d'autre thématique)." in said
    jardins = ActionSheet.objects.get(title="Jardins")
    assert [theme.name for theme in jardins.themes.all()] == [world.scene.jobs.name]


def test_delete_asks_first_and_keeps_what_was_spoken_of(world: Sheets, desk: Client) -> None:
    someone = world.participant(world.caf)
    world.opine(someone, world.velo, "continue")
    world.opine(someone, world.velo, None)
    asked = do(desk, world, "supprimer", "Jardins", "Atelier vélo")
    assert "Supprimer 1 fiche" in asked
    assert "Masquer 1 fiche" in asked
    assert len(order()) == 5, "nothing goes before it is confirmed"
    said = do(desk, world, "supprimer-vraiment", "Jardins", "Atelier vélo")
    assert "1 fiche supprimée. Laissée : « Atelier vélo »" in said
    assert order() == ["Permis de conduire solidaire", "Atelier vélo", "Médiation", "Nuits d'été"]
    entry = JournalEntry.objects.get(verb="delete_sheet")
    assert entry.place == world.consultation.code


def test_a_late_opinion_keeps_its_sheet(world: Sheets, desk: Client) -> None:
    """It waits in the log alone, for someone to decide: its sheet must be there then."""
    someone = world.participant(world.caf)
    world.phase.control = "closed"
    world.phase.opens_on = "2026-01-01"
    world.phase.save()
    assert world.opine(someone, world.velo, "continue").status == "late"
    do(desk, world, "supprimer-vraiment", "Atelier vélo")
    assert "Atelier vélo" in order()


def test_order_by_steps_and_by_numbers(world: Sheets, desk: Client) -> None:
    codes = dict(ActionSheet.objects.values_list("title", "code"))
    do(desk, world, f"monter:{codes['Atelier vélo']}")
    assert order()[:2] == ["Atelier vélo", "Permis de conduire solidaire"]
    assert "déjà au bout" in do(desk, world, f"monter:{codes['Atelier vélo']}")
    do(desk, world, "numeroter", **{f"numero-{codes[order()[4]]}": "2"})
    assert order() == ["Atelier vélo", "Nuits d'été", "Permis de conduire solidaire", "Jardins", "Médiation"]
    assert list(ActionSheet.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert "nombre entier" in do(desk, world, "numeroter", **{f"numero-{codes['Jardins']}": "deux"})


def test_numbers_stay_once_someone_answered(world: Sheets, desk: Client) -> None:
    world.opine(world.participant(world.caf), world.velo, "continue")
    before = order()
    assert "l'ordre ne change plus" in do(desk, world, f"monter:{world.velo.code}")
    assert order() == before
    assert 'value="monter:' not in desk.get(address(world)).content.decode()


def test_who_only_reads_does_nothing(world: Sheets) -> None:
    reader = signed_in(world.scene.bob)
    assert 'name="geste"' not in reader.get(address(world)).content.decode()
    assert reader.post(address(world), {"geste": "masquer", "toutes": "on"}).status_code == 403
    assert signed_in(world.scene.dan).post(address(world), {"geste": "masquer", "toutes": "on"}).status_code == 404
    assert not ActionSheet.objects.exclude(hidden_at=None).exists()


def test_a_sheet_of_another_consultation_is_not_touched(world: Sheets, desk: Client) -> None:
    here = address(world)
    world.consultation.pk, world.consultation.code, world.consultation.slug = None, "autrecode", "autre"
    world.consultation.save(force_insert=True)
    other = world.sheet("Ailleurs", number=1)
    desk.post(here, {"geste": "supprimer-vraiment", "sheet": other.code})
    assert ActionSheet.objects.filter(pk=other.pk).exists()


def test_two_presses_do_it_once(world: Sheets, desk: Client) -> None:
    key = re.search(r'name="form_key" value="([^"]+)"', desk.get(address(world)).content.decode())
    assert key is not None
    codes = dict(ActionSheet.objects.values_list("title", "code"))
    for _ in range(2):
        desk.post(address(world), {"geste": f"descendre:{codes['Jardins']}", "form_key": key[1]})
    assert order().index("Jardins") == 3
