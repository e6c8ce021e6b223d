"""A table is taken by its address; its secretary writes, arranges, counts; another laptop takes it over."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from parvis.consultations.models import Participant
from parvis.gathering.recount.verification import verify
from parvis.gathering.room.snapshot import RoomAudience
from parvis.meetings.models import Headcount, Note, Photo, Seat
from parvis.meetings.operations.room.entering import CLOSED, take_table
from parvis.meetings.operations.room.running import close_room
from parvis.meetings.operations.room.table_links import table_path, table_token
from parvis.sandbox import NoChildFree
from parvis.web.room.live_keys import HEADER, read_key
from tests.meetings.room.scene import Room
from tests.meetings.room.test_photos import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def laptop(client: Client, room: Room) -> Client:
    client.post(table_path(room.board, 1))
    return client


def base(room: Room) -> str:
    return f"/atelier/{room.board.room}"


def act(laptop: Client, room: Room, gesture: str, **body: Any) -> Any:
    return laptop.post(f"{base(room)}/secretaire/geste/", {"gesture": gesture, **body})


def test_get_of_the_address_takes_nothing(client: Client, room: Room) -> None:
    before = Seat.objects.count()
    page = client.get(table_path(room.board, 2))
    assert (page.status_code, page.context["table"], page.context["laptops"]) == (200, 2, ())
    assert Seat.objects.count() == before


def test_button_holds_the_table_and_once_held_the_address_leads_to_it(client: Client, room: Room) -> None:
    for answer in (client.post(table_path(room.board, 1)), client.get(table_path(room.board, 1))):
        assert answer["Location"] == f"{base(room)}/secretaire/"
    assert client.get(f"{base(room)}/secretaire/").context["place"].participant == room.secretary


def test_forged_address_opens_nothing(client: Client, room: Room) -> None:
    token = table_token(room.board, 1)
    for forged in (token[:-1] + ("A" if token[-1] != "A" else "B"), token.replace("-1-", "-2-"), "x"):
        assert client.post(f"/atelier/table/{forged}/").status_code == 404


def test_second_laptop_is_told_of_the_first_and_both_are_the_same_person(laptop: Client, room: Room) -> None:
    other = Client()
    assert len(other.get(table_path(room.board, 1)).context["laptops"]) == 1
    before = Participant.objects.count()
    other.post(table_path(room.board, 1))
    assert Participant.objects.count() == before
    pages = [each.get(f"{base(room)}/secretaire/").context for each in (laptop, other)]
    assert [page["participant"] for page in pages] == [room.secretary, room.secretary]
    assert [len(page["laptops"]) for page in pages] == [1, 1]
    assert pages[0]["key"] != pages[1]["key"]


def test_closed_room_gives_no_table(client: Client, room: Room) -> None:
    close_room(room.scene.bob, room.board)
    answer = client.post(table_path(room.board, 2))
    assert (answer.status_code, answer.context["refusal"]) == (422, CLOSED)


def test_code_of_the_room_leads_a_laptop_back_to_its_table(laptop: Client, room: Room) -> None:
    assert laptop.post("/atelier/", {"code": room.board.room})["Location"] == f"{base(room)}/secretaire/"
    assert laptop.get(f"{base(room)}/")["Location"] == f"{base(room)}/secretaire/"


def test_phone_has_no_page_of_a_table(client: Client, room: Room) -> None:
    client.post("/atelier/", {"code": room.board.room})
    for answer in (client.get(f"{base(room)}/secretaire/"), act(client, room, "gather", title="x", notes=[])):
        assert answer["Location"] == f"{base(room)}/"


def test_conclusion_written_without_script(laptop: Client, room: Room) -> None:
    form = laptop.get(f"{base(room)}/secretaire/").context["form"]
    body = {
        "text": "Une permanence", "contribution_kind": "proposal", "theme": room.scene.jobs.code,
        "op_id": form["op_id"].value(), "conclusion": "on",
    }  # fmt: skip
    assert laptop.post(f"{base(room)}/secretaire/", body)["Location"].partition("?")[0] == f"{base(room)}/secretaire/"
    note = Note.objects.get()
    assert (note.table, note.contribution.conclusion, note.from_phone) == (1, True, False)


def test_too_long_a_note_comes_back(laptop: Client, room: Room) -> None:
    body = {"text": "a" * 5_000, "contribution_kind": "proposal", "theme": room.scene.jobs.code, "op_id": uuid.uuid4()}
    answer = laptop.post(f"{base(room)}/secretaire/", body)
    assert (answer.status_code, answer.context["form"]["text"].value()) == (422, "a" * 5_000)


def test_families_and_heads_without_script(laptop: Client, room: Room) -> None:
    notes = [room.note(room.secretary, "Le bus"), room.note(room.phone, "Le train")]
    act(laptop, room, "gather", title="Se déplacer", notes=notes)
    act(laptop, room, "heads", organisation="CAF", people="2")
    page = laptop.get(f"{base(room)}/secretaire/").context["page"]
    assert [(each["title"], [note["text"] for note in each["notes"]]) for each in page.families] == [
        ("Se déplacer", ["Le bus", "Le train"])
    ]
    assert (page.alone, page.mine["limit"]) == ((), 2 * room.board.dots_per_person)
    assert list(Headcount.objects.values_list("organisation", "people")) == [("CAF", 2)]


@pytest.mark.parametrize("people", ["", "-1", "deux", "²", "9" * 5_000])
def test_wrong_number_of_people_is_refused_in_words(laptop: Client, room: Room, people: str) -> None:
    answer = act(laptop, room, "heads", organisation="CAF", people=people)
    assert (answer.status_code, Headcount.objects.count()) == (422, 0)


def test_notes_of_another_table_are_not_hers(laptop: Client, room: Room) -> None:
    theirs = room.note(take_table(room.board, 2), "À l'autre table")
    page = laptop.get(f"{base(room)}/secretaire/").context["page"]
    assert [note["text"] for note in page.alone] == []
    assert act(laptop, room, "withdraw", notes=[theirs]).status_code == 422
    assert room.read(theirs).text == "À l'autre table"


def test_dots_of_a_table(laptop: Client, room: Room) -> None:
    note = room.note(room.secretary)
    answer = laptop.post(f"{base(room)}/gommettes/", {"target": note, "count": "12"})
    assert answer["Location"] == f"{base(room)}/secretaire/#tableau"
    assert laptop.get(f"{base(room)}/mien").json()["dots"] == {note: 12}
    assert verify().dots == {room.scene.meeting.code: 12}


def test_versions_of_a_note_are_for_who_may_change_it(laptop: Client, room: Room) -> None:
    note = room.note(room.phone, "Le bus")
    room.do(room.secretary, "edit", of=note, text="Le dernier bus")
    told = laptop.get(f"{base(room)}/versions/{note}").json()["versions"]
    assert [(each["text"], each["current"], each["mine"]) for each in told] == [
        ("Le dernier bus", True, True), ("Le bus", False, False),
    ]  # fmt: skip
    assert room.read(note).versions == 2
    phone = Client()
    phone.post("/atelier/", {"code": room.board.room})
    assert phone.get(f"{base(room)}/versions/{note}").status_code == 403


def test_photograph_is_shown_to_its_table_only(laptop: Client, room: Room) -> None:
    sent = SimpleUploadedFile("tableau.jpg", picture(), "image/jpeg")
    body = {"photo": sent, "alt": "Le paperboard", "reference": uuid.uuid4()}
    answer = laptop.post(f"{base(room)}/photographies/", body, headers={"accept": "application/json"})
    assert answer.json() == {"refusal": ""}
    path = f"{base(room)}/photographies/{Photo.objects.get().code}/"
    shown = laptop.get(path)
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    other = Client()
    other.post(table_path(room.board, 2))
    assert other.get(path).status_code == 404
    assert Client().get(path)["Location"] == f"/atelier/?code={room.board.room}"


def test_a_photograph_that_cannot_be_read_now_is_not_refused_for_good(
    laptop: Client, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All tables send theirs at the same minute: the script keeps it, and sends it again."""

    def busy(data: bytes) -> None:
        raise NoChildFree("Recommencez dans une minute.")

    monkeypatch.setattr("parvis.meetings.operations.room.photos.read_picture", busy)
    body = {"photo": SimpleUploadedFile("x.jpg", picture(), "image/jpeg"), "alt": "Le paperboard"}
    answer = laptop.post(f"{base(room)}/photographies/", body, headers={"accept": "application/json"})
    assert answer.status_code == 503
    body["photo"] = SimpleUploadedFile("x.jpg", picture(), "image/jpeg")
    page = laptop.post(f"{base(room)}/photographies/", body, follow=True)
    assert "Recommencez dans une minute." in page.content.decode()
    assert Photo.objects.count() == 0


def test_what_is_no_photograph_is_refused_and_said(laptop: Client, room: Room) -> None:
    body = {"photo": SimpleUploadedFile("x.jpg", b"<script>", "image/jpeg"), "alt": "Le paperboard"}
    answer = laptop.post(f"{base(room)}/photographies/", body, headers={"accept": "application/json"})
    assert (answer.status_code, Photo.objects.count(), bool(answer.json()["refusal"])) == (422, 0, True)


def test_own_state_tells_hers_and_nobody_else(laptop: Client, room: Room) -> None:
    hers, other = room.note(room.secretary, "À la table"), room.note(room.phone, "Au téléphone")
    room.do(room.facilitator, "hide", of=hers)
    told = laptop.get(f"{base(room)}/mien").json()
    assert [(note["reference"], note["text"]) for note in told["notes"]] == [(hers, "À la table")]
    assert other not in str(told)


def test_author_learns_that_her_note_was_hidden_and_how_to_contest(client: Client, room: Room) -> None:
    client.post("/atelier/", {"code": room.board.room})
    seat = Seat.objects.latest("id")
    note = room.note(seat.participant, "Une idée")
    room.do(room.facilitator, "hide", of=note)
    page = client.get(f"{base(room)}/")
    assert [(each["text"], each["hidden"]) for each in page.context["own"]] == [("Une idée", True)]
    assert "Masquée par l'animation" in page.content.decode()
    assert room.scene.consultation.contact_email in page.content.decode()


def test_table_reads_what_was_hidden_of_hers(laptop: Client, room: Room) -> None:
    note, other = room.note(room.secretary, "À la table"), room.note(room.phone, "Au téléphone")
    for each in (note, other):
        room.do(room.facilitator, "hide", of=each)
    page = laptop.get(f"{base(room)}/secretaire/").context["page"]
    assert ([each["text"] for each in page.hidden], page.alone) == (["À la table"], ())


def test_phone_corrects_and_takes_away_her_own_only(client: Client, room: Room) -> None:
    client.post("/atelier/", {"code": room.board.room})
    mine, other = room.note(Seat.objects.latest("id").participant, "Le buss"), room.note(room.phone, "À l'autre")
    path = f"{base(room)}/mes-notes/"
    client.post(path, {"gesture": "edit", "of": mine, "text": "Le bus"})
    assert room.read(mine).text == "Le bus"
    refused = client.post(path, {"gesture": "edit", "of": other, "text": "Volée"})
    assert (refused.status_code, room.read(other).text) == (422, "À l'autre")
    client.post(path, {"gesture": "withdraw", "notes": [mine]})
    assert [note.text for note in room.state().notes] == ["À l'autre"]
    assert client.post(path, {"gesture": "hide", "notes": [other]}).status_code == 422


def test_only_a_table_gets_the_key_of_tables(laptop: Client, room: Room) -> None:
    phone = Client()
    phone.post("/atelier/", {"code": room.board.room})
    pages = (laptop.get(f"{base(room)}/secretaire/"), phone.get(f"{base(room)}/"))
    requests = [RequestFactory().get("/", headers={HEADER: page.context["live_key"]}) for page in pages]
    opened = [read_key(request) for request in requests]
    assert [key and key.audience for key in opened] == [RoomAudience.TABLE, RoomAudience.ROOM]
