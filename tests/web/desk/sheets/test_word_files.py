"""Word files at the desk: dropped together, looked over one by one, interrupted, stored."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parvis.people.enums import RoleKind
from parvis.sheets.enums import FileKind, SheetState, WaitingState
from parvis.sheets.models import ActionSheet, WaitingSheet
from tests.html import squeezed
from tests.meetings.scene import agent
from tests.reading.formats.office import docx
from tests.sheets.scene import Sheets, make_sheets
from tests.sheets.word import word_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


@pytest.fixture
def alice(world: Sheets) -> Client:
    client = Client()
    client.force_login(world.scene.alice)
    return client


def desk(world: Sheets, end: str = "") -> str:
    return f"/gestion/concertations/{world.consultation.code}/fiches/documents/{end}"


def drop(client: Client, world: Sheets, **files: bytes) -> list[str]:
    """Sends files and gives what is told of each."""
    sent = [SimpleUploadedFile(name.replace("_", "."), data) for name, data in files.items()]
    response = client.post(desk(world), {"documents": sent}, follow=True)
    return [str(message) for message in response.context["messages"]]


def one(client: Client, world: Sheets, title: str = "Chant", picture: str = "") -> WaitingSheet:
    drop(client, world, a_docx=word_sheet(title, picture=picture))
    return WaitingSheet.objects.get(title=title)


def form(world: Sheets, **more: object) -> dict[str, object]:
    """What the page sends when nothing is changed."""
    return {
        "title": "Chant", "themes": [world.scene.health.code], "lead_name": "CAF", "audience": "partners",
        "public": "les familles", **more,
    }  # fmt: skip


def test_each_file_is_told_for_itself(world: Sheets, alice: Client) -> None:
    letter = docx(lambda document: document.add_paragraph("Madame, merci de votre lettre."))
    told = drop(
        alice, world, a_docx=word_sheet("Chant", "Danse"), b_docx=letter, c_docx=b"x", d_docx=word_sheet("Vélo")
    )
    assert [text.partition(" : ")[::2] for text in told] == [
        (
            "b.docx",
            "Aucune fiche n'a été reconnue dans ce fichier : il n'a pas les étiquettes d'une fiche "
            "(intitulé, porteur, objectifs, public, quartiers, budget…).",
        ),
        (
            "c.docx",
            "Ce fichier n'est ni un document Word, ni un classeur Excel, ni un document LibreOffice : "
            "enregistrez la fiche en .docx, .odt, .xlsx ou .ods, puis recommencez.",
        ),
        ("3 fiches lues dans 2 fichiers, à relire.", ""),
    ]
    assert list(WaitingSheet.objects.order_by("pk").values_list("title", flat=True)) == ["Chant", "Danse", "Vélo"]


def test_nothing_chosen_is_told(world: Sheets, alice: Client) -> None:
    response = alice.post(desk(world), {})
    assert response.status_code == 422
    assert "Choisissez au moins un fichier." in response.content.decode()


def test_one_sheet_leads_to_its_review(world: Sheets, alice: Client) -> None:
    response = alice.post(desk(world), {"documents": [SimpleUploadedFile("a.docx", word_sheet("Chant"))]})
    assert response["Location"] == desk(world, f"{WaitingSheet.objects.get().code}/")


def test_review_shows_fields_doubts_and_source(world: Sheets, alice: Client) -> None:
    waiting = one(alice, world)
    response = alice.get(desk(world, f"{waiting.code}/"))
    assert [bound.name for bound in response.context["form"]][:3] == ["title", "summary", "themes"]
    initial = response.context["form"].initial
    assert (initial["themes"], initial["lead"], initial["budget"]) == (
        [world.scene.health.code], world.caf.code, "3 000 €"
    )  # fmt: skip
    assert response.context["doubts"] == [("lead", "rapproché de « CAF » dans l'annuaire : vérifiez", 2)]
    page = squeezed(response.content.decode())
    assert '<a href="#s-2">ligne 2</a>' in page
    assert '<li id="s-2" value="2">Porteur : CAF de l&#x27;Orme</li>' in page


def test_the_list_tells_as_many_doubts_as_the_review(world: Sheets, alice: Client) -> None:
    waiting = one(alice, world)
    assert waiting.doubts == []  # of the reading; one more comes from the directory
    [(_, doubts)] = alice.get(desk(world)).context["waiting"]
    assert doubts == len(alice.get(desk(world, f"{waiting.code}/")).context["doubts"]) == 1


def test_what_was_read_is_stored_as_a_draft_then_the_next_one_comes(world: Sheets, alice: Client) -> None:
    drop(alice, world, a_docx=word_sheet("Chant", "Danse"))
    first, second = WaitingSheet.objects.order_by("pk")
    response = alice.post(desk(world, f"{first.code}/"), form(world))
    assert response["Location"] == desk(world, f"{second.code}/")
    sheet = ActionSheet.objects.get(title="Chant")
    assert (sheet.state, [file.kind for file in sheet.files.all()]) == (SheetState.DRAFT, [FileKind.SOURCE])
    last = alice.post(desk(world, f"{second.code}/"), form(world, title="Danse", geste="montrer"))
    assert last["Location"] == f"/gestion/concertations/{world.consultation.code}/fiches/"
    assert ActionSheet.objects.get(title="Danse").state == SheetState.READY


def test_a_refused_form_gives_back_and_keeps_what_was_typed(world: Sheets, alice: Client) -> None:
    waiting = one(alice, world)
    response = alice.post(desk(world, f"{waiting.code}/"), form(world, themes=[], public="Familles du quartier"))
    assert response.status_code == 422
    assert "Cochez au moins une thématique." in response.content.decode()
    back = alice.get(desk(world, f"{waiting.code}/"))
    assert (back.context["form"]["public"].value(), back.context["form"]["themes"].value()) == (
        "Familles du quartier", []
    )  # fmt: skip


def test_work_left_unfinished_is_there_on_coming_back(world: Sheets, alice: Client) -> None:
    waiting = one(alice, world)
    kept = alice.post(desk(world, f"{waiting.code}/garder/"), form(world, public="Vendredi soir", themes=[]))
    assert (kept.status_code, kept.content.decode()[:8]) == (200, "Gardé à ")
    other = Client()
    other.force_login(world.scene.alice)
    assert "relecture commencée" in other.get(desk(world)).content.decode()
    assert other.get(desk(world, f"{waiting.code}/")).context["form"]["public"].value() == "Vendredi soir"
    later = other.post(desk(world, f"{waiting.code}/"), form(world, public="Samedi", geste="garder"))
    assert later["Location"] == desk(world)
    assert other.get(desk(world, f"{waiting.code}/")).context["form"]["public"].value() == "Samedi"
    assert ActionSheet.objects.filter(title="Chant").count() == 0


def test_what_waits_is_told_on_the_page_of_sheets(world: Sheets, alice: Client) -> None:
    page = f"/gestion/concertations/{world.consultation.code}/fiches/"
    assert "relecture" not in alice.get(page).content.decode()
    one(alice, world)
    assert "Une fiche lue dans un fichier Word attend votre relecture" in alice.get(page).content.decode()


def test_a_sheet_is_set_aside_and_taken_back(world: Sheets, alice: Client) -> None:
    waiting = one(alice, world)
    alice.post(desk(world, f"{waiting.code}/"), {"geste": "ecarter"})
    assert alice.get(desk(world, f"{waiting.code}/"))["Location"] == desk(world)
    assert [row.pk for row in alice.get(desk(world)).context["dropped"]] == [waiting.pk]
    alice.post(desk(world, f"{waiting.code}/"), {"geste": "reprendre"})
    assert [row.pk for row, _ in alice.get(desk(world)).context["waiting"]] == [waiting.pk]


def test_keeping_what_waits_no_more_is_refused(world: Sheets, alice: Client) -> None:
    waiting = one(alice, world)
    alice.post(desk(world, f"{waiting.code}/"), {"geste": "ecarter"})
    response = alice.post(desk(world, f"{waiting.code}/garder/"), form(world))
    assert (response.status_code, response.content.decode()[:28]) == (422, "Cette fiche n&#x27;attend pl")


def test_a_title_that_exists_is_brought_up_to_date_when_asked(world: Sheets, alice: Client) -> None:
    standing = world.sheet("Chant", audience="restricted")
    waiting = one(alice, world)
    address = desk(world, f"{waiting.code}/")
    assert "porte déjà cet intitulé" in alice.post(address, form(world)).content.decode()
    assert alice.post(address, form(world, update="on")).status_code == 302
    standing.refresh_from_db()
    assert (standing.public, standing.audience) == ("les familles", "restricted")


def test_the_picture_of_the_file_is_taken_with_its_words(world: Sheets, alice: Client) -> None:
    waiting = one(alice, world, picture="La chorale")
    image = alice.get(desk(world, f"{waiting.code}/image/"))
    assert (image["Content-Type"], image.content[:4]) == ("image/png", b"\x89PNG")
    address = desk(world, f"{waiting.code}/")
    assert alice.get(address).context["form"].initial["picture_alt"] == "La chorale"
    assert alice.post(address, form(world, take_picture="on")).status_code == 422
    assert alice.post(address, form(world, take_picture="on", picture_alt="Des voix")).status_code == 302
    assert ActionSheet.objects.get(title="Chant").files.get(kind=FileKind.PICTURE).alt == "Des voix"


def test_a_file_of_another_consultation_opens_to_nobody(world: Sheets, alice: Client) -> None:
    waiting = one(alice, world)
    dan = Client()
    dan.force_login(world.scene.dan)
    reader = Client()
    reader.force_login(agent("Zoé", (RoleKind.READER, world.consultation.territory)))
    for end in ("", f"{waiting.code}/", f"{waiting.code}/image/"):
        assert [client.get(desk(world, end)).status_code for client in (dan, reader)] == [404, 403]
    for client, refusal in ((dan, 404), (reader, 403)):
        assert client.post(desk(world, f"{waiting.code}/garder/"), form(world)).status_code == refusal
        assert client.post(desk(world, f"{waiting.code}/"), {"geste": "ecarter"}).status_code == refusal
    waiting.refresh_from_db()
    assert (waiting.state, waiting.typed) == (WaitingState.WAITING, None)


def test_words_of_a_file_are_text_in_the_page(world: Sheets, alice: Client) -> None:
    drop(alice, world, a_docx=word_sheet("<script>x()</script>", lines=("Météo : <img src=x onerror=y()>",)))
    page = alice.get(desk(world, f"{WaitingSheet.objects.get().code}/")).content.decode()
    assert "<script>x()" not in page
    assert "<img src=x" not in page


def test_the_list_asks_as_many_queries_for_ten_as_for_one(world: Sheets, alice: Client) -> None:
    one(alice, world)
    with CaptureQueriesContext(connection) as few:
        alice.get(desk(world))
    drop(alice, world, b_docx=word_sheet(*(f"Fiche {letter}" for letter in "bcdefghijk")))
    with CaptureQueriesContext(connection) as many:
        alice.get(desk(world))
    assert len(many) == len(few)
