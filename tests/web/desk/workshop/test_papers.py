"""« Préparer la salle »: the archive an agent downloads, and the logo on it."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from parvis.consultations.models import Consultation, Logo
from parvis.consultations.operations.set_logo import logo_of, set_logo
from parvis.core import clock
from parvis.core.errors import RefusedInput
from parvis.documents.paper import Cards, Figure, Grid, Paper, Words
from parvis.gathering.printed.room_papers import room_papers
from parvis.meetings.enums import Presence
from parvis.meetings.models import Board
from parvis.meetings.operations.registering import mark_presences
from parvis.meetings.operations.room.preparing import AGENDAS, DEFAULT_AGENDA, BoardPlan, prepare_board
from parvis.meetings.operations.room.table_links import table_path
from tests.sheets.scene import Sheets, make_sheets

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><rect width="30" height="10" fill="#0E5A63"/></svg>'
NAMES = ["1-invitation", "2-deroule-animation", "3-emargement", "4-chevalets-de-table", "5-fiches-a3", "6-cartes",
         "7-affiche"]  # fmt: skip


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


@pytest.fixture
def board(world: Sheets) -> Board:
    plan = BoardPlan(steps=AGENDAS[DEFAULT_AGENDA], sheets=[world.velo, world.permis], tables=3)
    return prepare_board(world.scene.bob, world.scene.meeting, plan)


def papers(board: Board) -> dict[str, Paper]:
    return room_papers(board, "https://parvis.example")


def said(paper: Paper) -> str:
    return "\n".join(block.text for block in paper.blocks if isinstance(block, Words))


def grid(paper: Paper) -> Grid:
    return next(block for block in paper.blocks if isinstance(block, Grid))


def test_the_archive_holds_each_paper_twice(world: Sheets, board: Board) -> None:
    client = Client()
    client.force_login(world.scene.bob)
    answer = client.get(f"/gestion/rencontres/{world.scene.meeting.code}/salle/documents.zip")
    assert answer["Content-Disposition"] == f'attachment; filename="salle-{board.room}.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == [f"{name}.{kind}" for name in NAMES for kind in ("pdf", "docx")]
    assert client.get(f"/gestion/rencontres/{world.scene.other_meeting().code}/salle/documents.zip").status_code == 404


def test_the_agenda_has_clock_times(board: Board) -> None:
    rows = grid(papers(board)["2-deroule-animation"]).rows
    assert [row[0].replace("\u00a0", " ") for row in rows][:2] == ["15 h – 15 h 40", "15 h 40 – 16 h 05"]
    assert len(rows) == 5


def test_the_attendance_sheet_has_those_who_come_blank_rows_and_nothing_ticked(world: Sheets, board: Board) -> None:
    comes, declined = world.participant(world.caf, "Camille").contact, world.participant(world.ddets).contact
    assert comes is not None
    assert declined is not None
    comes.position = "Conseillère"
    comes.save()
    presences = {comes.code: Presence.REGISTERED, declined.code: Presence.EXCUSED}
    mark_presences(world.scene.bob, board.meeting, presences)
    table = grid(papers(board)["3-emargement"])
    assert table.head[:4] == ("Nom", "Organisme", "Fonction", "Signature")
    assert table.rows[0] == ("Camille", "CAF", "Conseillère", "", "☐", "☐")
    assert {row[:4] for row in table.rows[1:]} == {("", "", "", "")}
    assert len(table.rows) == 13
    assert "gardée à part de ce qui est dit" in said(papers(board)["3-emargement"])


def test_each_table_has_the_qr_of_its_own_place(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def spy(address: str, alt: str) -> object:
        drawn.append(address)
        return alt

    monkeypatch.setattr("parvis.gathering.printed.room_papers.qr_image", spy)
    papers(board)
    tables = [address for address in drawn if "/atelier/table/" in address]
    assert tables == [f"https://parvis.example{table_path(board, table)}" for table in (1, 2, 3)]
    assert drawn.count(f"https://parvis.example/atelier/?code={board.room}") == 2


def test_cards_are_of_the_three_kinds_and_the_poster_shows_the_code(board: Board) -> None:
    made = papers(board)
    assert [block.kind for block in made["6-cartes"].blocks if isinstance(block, Cards)] == [
        "strength", "challenge", "proposal",
    ]  # fmt: skip
    poster = made["7-affiche"]
    assert board.room in said(poster)
    assert "parvis.example/atelier/" in said(poster)
    assert sum(isinstance(block, Figure) for block in poster.blocks) == 1


def test_without_sheets_there_is_no_large_one(world: Sheets) -> None:
    board = prepare_board(world.scene.bob, world.scene.meeting, BoardPlan(steps=AGENDAS[DEFAULT_AGENDA]))
    assert "5-fiches-a3" not in papers(board)


def test_the_logo_is_its_own_else_that_of_the_consultation_above(world: Sheets, board: Board) -> None:
    above = Consultation.objects.create(slug="agglo", title="Agglo", territory=world.consultation.territory)
    assert papers(board)["1-invitation"].logo is None
    Consultation.objects.filter(pk=world.consultation.pk).update(parent=above)
    world.consultation.refresh_from_db()
    set_logo(world.scene.alice, above, SVG)
    inherited = logo_of(world.consultation)
    assert inherited is not None
    set_logo(world.scene.alice, world.consultation, SVG.replace(b"#0E5A63", b"#A3261C"))
    assert logo_of(world.consultation) not in (None, inherited)


def test_the_logo_page_takes_a_picture_by_its_content_and_gives_a_png(world: Sheets) -> None:
    client = Client()
    client.force_login(world.scene.alice)
    address = f"/gestion/concertations/{world.consultation.code}/logo/"
    bad = client.post(address, {"file": SimpleUploadedFile("logo.png", b"GIF89a rien")})
    assert (bad.status_code, Logo.objects.count()) == (422, 0)
    client.post(address, {"file": SimpleUploadedFile("logo.txt", SVG)})
    picture = client.get(f"{address}logo.png")
    assert (picture["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    client.post(address, {"remove": ""})
    assert client.get(f"{address}logo.png").status_code == 404


def test_a_logo_too_heavy_is_refused(world: Sheets) -> None:
    with pytest.raises(RefusedInput, match="2 Mo"):
        set_logo(world.scene.alice, world.consultation, SVG + b" " * 2 * 1024 * 1024)


def test_the_archive_is_the_same_the_same_day(world: Sheets, board: Board) -> None:
    client = Client()
    client.force_login(world.scene.bob)
    address = f"/gestion/rencontres/{world.scene.meeting.code}/salle/documents.zip"
    with clock.at(clock.now()):
        assert client.get(address).content == client.get(address).content
