"""« Préparer l'atelier », gestures and saving, without script."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from parvis.consultations.enums import Audience
from parvis.meetings.models import Board, BoardStep
from parvis.meetings.operations.room.preparing import AGENDAS, DEFAULT_AGENDA, BoardPlan, prepare_board
from parvis.meetings.operations.room.running import close_room, open_room
from parvis.sheets.enums import SheetState
from tests.html import squeezed
from tests.sheets.scene import Sheets, make_sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


@pytest.fixture
def desk(world: Sheets) -> Client:
    client = Client()
    client.force_login(world.scene.bob)
    return client


def address(world: Sheets) -> str:
    return f"/gestion/rencontres/{world.scene.meeting.code}/salle/"


def typed(*steps: tuple[str, str, object], **more: Any) -> dict[str, Any]:
    form: dict[str, Any] = {"tables": "3", "dots_per_person": "4", "expected_people": "80"}
    for place, (title, kind, minutes) in enumerate(steps):
        form |= {f"step-{place}-title": title, f"step-{place}-kind": kind, f"step-{place}-minutes": str(minutes)}
    return form | more


TWO = (("Les atouts", "strengths", 20), ("Les défis", "challenges", 30))


def test_page_offers_the_first_template_timed_and_writes_nothing(desk: Client, world: Sheets) -> None:
    page = desk.get(address(world))
    assert page.status_code == 200
    assert [form["title"].value() for form, _ in page.context["rows"]] == [s.title for s in AGENDAS[DEFAULT_AGENDA]]
    assert page.context["total"] == "2\u00a0h\u00a045"
    assert f"{page.context['times'].ends_at:%H:%M}" == "17:45"
    assert Board.objects.count() == 0


def test_save_keeps_steps_and_sheets_in_order_and_shows_the_room_code(desk: Client, world: Sheets) -> None:
    sheets = [world.velo.code, world.permis.code]
    answer = desk.post(address(world), typed(*TWO, sheet=sheets, approve_first="on"))
    assert answer["Location"] == address(world)
    board = Board.objects.get()
    assert (board.tables, board.dots_per_person, board.expected_people, board.approve_first) == (3, 4, 80, True)
    assert list(board.steps.values_list("title", "kind", "minutes")) == list(TWO)
    assert list(board.board_sheets.order_by("position").values_list("sheet__code", flat=True)) == sheets
    page = desk.get(address(world)).content.decode()
    assert f'class="room-code__letters" translate="no">{board.room}</p>' in page
    assert '<svg role="img"' in page


@pytest.mark.parametrize(
    ("gesture", "titles"),
    [
        ("up:1", ["Les défis", "Les atouts"]),
        ("down:0", ["Les défis", "Les atouts"]),
        ("up:0", ["Les atouts", "Les défis"]),
        ("down:1", ["Les atouts", "Les défis"]),
        ("remove:0", ["Les défis"]),
        ("add-step", ["Les atouts", "Les défis", ""]),
        ("count", ["Les atouts", "Les défis"]),
        ("up:9", ["Les atouts", "Les défis"]),
        ("up:x", ["Les atouts", "Les défis"]),
        ("template:Propositions seulement (1 h)", ["Ce que nous proposons", "Nos priorités"]),
    ],
)
def test_a_gesture_changes_the_lines_and_saves_nothing(
    desk: Client, world: Sheets, gesture: str, titles: list[str]
) -> None:
    page = desk.post(address(world), typed(*TWO, geste=gesture, tables="7"))
    assert page.status_code == 200
    assert [form["title"].value() for form, _ in page.context["rows"]] == titles
    assert page.context["answer"].room["tables"].value() == "7"
    assert Board.objects.count() == 0


def test_sheets_are_added_moved_and_taken_out(desk: Client, world: Sheets) -> None:
    permis, velo = world.permis.code, world.velo.code

    def chosen(**sent: Any) -> list[str]:
        return [sheet.code for sheet in desk.post(address(world), typed(*TWO, **sent)).context["choice"].chosen]

    assert chosen(sheet=[permis], add=[velo], geste="add-sheets") == [permis, velo]
    assert chosen(sheet=[permis, velo], geste=f"sheet-up:{velo}") == [velo, permis]
    assert chosen(sheet=[permis, velo], geste=f"sheet-remove:{permis}") == [velo]
    assert chosen(sheet=[permis, "inconnue"], geste="sheet-up:inconnue") == [permis]


def test_everything_wrong_ties_errors_to_fields_and_keeps_what_was_typed(desk: Client, world: Sheets) -> None:
    page = desk.post(address(world), typed(("", "dance", "long"), ("Deux", "other", 999), tables="0"))
    assert page.status_code == 422
    assert [(control, where) for control, where, _ in page.context["answer"].faults] == [
        ("id_tables", "Tables"),
        ("id_step-0-title", "Étape 1 · Intitulé"),
        ("id_step-0-kind", "Étape 1 · Ce qu'on y fait"),
        ("id_step-0-minutes", "Étape 1 · Minutes"),
        ("id_step-1-minutes", "Étape 2 · Minutes"),
    ]
    assert 'value="long"' in page.content.decode()
    assert BoardStep.objects.count() == 0


def test_an_empty_agenda_is_refused(desk: Client, world: Sheets) -> None:
    page = desk.post(address(world), typed())
    assert (page.status_code, page.context["answer"].problem) == (422, "L'ordre du jour a de 1 à 20 étapes.")


def test_drafts_and_sheets_of_a_narrower_circle_are_neither_offered_nor_taken(desk: Client, world: Sheets) -> None:
    draft = world.sheet("En brouillon", state=SheetState.DRAFT)
    team = world.sheet("Pour l'équipe", audience=Audience.TEAM)
    offered = {s.code for shelf in desk.get(address(world)).context["choice"].shelves for s in shelf.sheets}
    assert offered == {world.permis.code, world.velo.code}
    desk.post(address(world), typed(*TWO, sheet=[draft.code, team.code, world.velo.code]))
    assert [each.sheet for each in Board.objects.get().board_sheets.all()] == [world.velo]


def test_once_open_the_page_tells_and_changes_nothing(desk: Client, world: Sheets) -> None:
    board = prepare_board(world.scene.bob, world.scene.meeting, BoardPlan(steps=AGENDAS[DEFAULT_AGENDA]))
    open_room(world.scene.bob, board)
    assert "L'atelier est en cours" in desk.get(address(world)).content.decode()
    desk.post(address(world), typed(*TWO))
    assert board.steps.count() == 5
    close_room(world.scene.bob, board)
    assert "L'atelier est terminé" in desk.get(address(world)).content.decode()


def test_only_a_workshop_has_a_room(desk: Client, world: Sheets) -> None:
    world.scene.meeting.kind = "plenary"
    world.scene.meeting.save()
    assert desk.get(address(world)).status_code == 404


def test_a_rehearsal_starts_and_is_erased_from_the_page(desk: Client, world: Sheets) -> None:
    assert desk.post(f"{address(world)}repetition/").status_code == 404
    board = prepare_board(world.scene.bob, world.scene.meeting, BoardPlan(steps=AGENDAS[DEFAULT_AGENDA]))
    for erase, heading in ((False, "Répétition"), (True, "Préparer l'atelier")):
        desk.post(f"{address(world)}repetition/", {"erase": ""} if erase else {})
        board.refresh_from_db()
        assert board.rehearsal is not erase
        assert f"<h1>{heading}</h1>" in squeezed(desk.get(address(world)).content.decode())


def test_two_preparations_are_compared(desk: Client, world: Sheets) -> None:
    """Moving a line first forgets nothing of what the page was opened on."""
    opened_on = desk.get(address(world)).context["prepared_as"]
    theirs = typed(("Leur tour", "challenges", 30), sheet=[world.velo.code], prepared_as=opened_on)
    assert desk.post(address(world), theirs).status_code == 302
    moved = desk.post(address(world), typed(*TWO, geste="up:1", prepared_as=opened_on))
    mine = typed(*TWO, prepared_as=moved.context["prepared_as"])
    refused = desk.post(address(world), mine)
    assert refused.status_code == 422
    page = squeezed(refused.content.decode())
    for words in ("Les deux versions", "Leur tour", f"Fiche {world.velo.number}", "Les atouts"):
        assert words in page, words
    assert [step.title for step in Board.objects.get().steps.all()] == ["Leur tour"]
    assert desk.post(address(world), mine | {"prepared_as": refused.context["prepared_as"]}).status_code == 302
    assert [step.title for step in Board.objects.get().steps.all()] == ["Les atouts", "Les défis"]


def test_the_same_preparation_saved_twice_conflicts_with_nobody(desk: Client, world: Sheets) -> None:
    sent = typed(*TWO, approve_first="on", prepared_as=desk.get(address(world)).context["prepared_as"])
    assert [desk.post(address(world), sent).status_code for _ in range(2)] == [302, 302]
