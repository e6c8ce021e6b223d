"""What the desk prints: for whom, with which sheets; letters by POST only."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from parvis.consultations.enums import Audience, Channel, InvitationKind
from parvis.consultations.models import Consultation, Invitation, TeamMember, Theme
from parvis.consultations.operations.invitations import invitation_path, invite_anyone, invite_contact
from parvis.core.models import JournalEntry
from parvis.gathering.printed.sheets import Readers, gather_booklet
from parvis.people.enums import RoleKind
from parvis.people.models import Contact
from parvis.sheets.enums import FileKind, OpinionValue, SheetState
from tests.documents.opened import words
from tests.html import squeezed
from tests.meetings.scene import agent
from tests.reading.test_pictures import image
from tests.sheets.scene import Sheets, make_sheets

pytestmark = pytest.mark.django_db
SITE = settings.PUBLIC_URL


@pytest.fixture
def world() -> Sheets:
    """Alice is of the project team; Irène coordinates and is not."""
    made = make_sheets()
    agent("Irene", (RoleKind.COORDINATOR, made.consultation.territory))
    return made


def signed_in(world: Sheets, name: str = "alice") -> Client:
    client = Client()
    members = {"alice": world.scene.alice, "bob": world.scene.bob}
    if name in members:
        client.force_login(members[name])
    else:
        client.force_login(type(world.scene.alice).objects.get(email=f"{name}@exemple.fr"))
    return client


def address(world: Sheets, end: str = "") -> str:
    return f"/gestion/concertations/{world.consultation.code}/imprimer/{end}"


def text(answer: HttpResponse, kind: str = "pdf") -> str:
    assert answer.status_code == 200
    return words(kind, answer.content).replace("\u200e", "").replace("\u2060", "")


def codes(data: bytes) -> list[str]:
    pages = PdfReader(io.BytesIO(data)).pages
    return [zxingcpp.read_barcodes(each.image.convert("L"))[0].text for page in pages for each in page.images]


def page(client: Client, world: Sheets) -> str:
    return client.get(address(world)).content.decode()


def test_the_booklet_holds_what_a_sheet_says_in_both_formats(world: Sheets) -> None:
    sheet = world.permis
    sheet.lead_name, sheet.budget, sheet.funding = "Mission locale", "9 000 €", [["CAF", "3 000 €"]]
    sheet.partners, sheet.indicators, sheet.public = ["Commune"], ["12 permis"], "16-25 ans"
    sheet.text, sheet.since, sheet.internal_note = "Premier.\n\nSecond.", "2021", "Jamais montrée"
    sheet.save()
    picture = {"content_type": "image/png", "data": image("PNG"), "size": 9}
    sheet.files.create(kind=FileKind.PICTURE, name="image.png", alt="Une auto-école", **picture)
    for extension in ("pdf", "docx"):
        answer = signed_in(world).get(address(world, f"fiches.{extension}"))
        assert answer["Content-Disposition"].startswith(f'attachment; filename="fiches-{world.consultation.slug}')
        said = text(answer, extension)
        for part in ("1. Permis de conduire solidaire", "Passer son permis", "Porteur : Mission locale",
                     "Partenaires : Commune", "Public : 16-25 ans", "Depuis : 2021", "Budget : 9 000 €",
                     "Financements : CAF : 3 000 €", "Indicateurs : 12 permis", "Premier.", "Second.",
                     "2. Atelier vélo"):  # fmt: skip
            assert part in said, (extension, part)
        assert "Jamais montrée" not in said
        assert said.index("Permis de conduire") < said.index("Atelier vélo")


def test_boxes_have_the_numbers_of_the_entry_screen(world: Sheets) -> None:
    said = text(signed_in(world).get(address(world, "avis.pdf")))
    entry = signed_in(world).get(f"/gestion/concertations/{world.consultation.code}/saisie/").content.decode()
    for key, value in enumerate(OpinionValue, start=1):
        assert f"{key} {value.label}" in said
        assert f"{key} {value.label}" in entry
    for sheet in (world.permis, world.velo):
        assert f"{sheet.number}. {sheet.title}" in said
        assert f"{sheet.number}. {sheet.title}" in entry
    for part in ("Organisme", "Fonction", "Qui verra mon nom ?", "Nous la finançons", "Un commentaire"):
        assert part in said, part


def test_large_sheets_have_the_rows_and_columns_of_the_stickers_screen(world: Sheets) -> None:
    answer = signed_in(world).get(address(world, "gommettes.pdf"))
    said = text(answer)
    for part in (*[str(value.label) for value in OpinionValue], "État", "Société civile", "Passer son permis"):
        assert part in said, part
    assert codes(answer.content) == [f"{SITE}/partenaires/fiches/{sheet.code}/" for sheet in (world.permis, world.velo)]


def test_large_sheets_bear_the_open_link_when_there_is_one(world: Sheets) -> None:
    door = invite_anyone(world.scene.alice, world.consultation)
    answer = signed_in(world).get(address(world, "gommettes.pdf"))
    assert codes(answer.content) == [f"{SITE}{invitation_path(door)}"] * 2


SHEETS = ("fiches.pdf", "fiches.docx", "avis.pdf", "avis.docx", "gommettes.pdf")


@pytest.mark.parametrize("end", SHEETS)
def test_what_these_readers_may_not_read_is_not_printed(world: Sheets, end: str) -> None:
    closed = Theme.objects.create(
        consultation=world.consultation, name="Sûreté", slug="surete", audience=Audience.RESTRICTED
    )
    world.sheet("Réservée", audience=Audience.RESTRICTED)
    world.sheet("Par sa thématique", closed)
    world.sheet("De l'équipe", audience=Audience.TEAM)
    world.sheet("En brouillon", state=SheetState.DRAFT)
    world.sheet("Masquée", hidden_at=timezone.now())
    kind = end.partition(".")[2]
    for client in (signed_in(world), signed_in(world, "irene")):
        said = text(client.get(address(world, end)), kind)
        assert "Atelier vélo" in said
        for title in ("Réservée", "Par sa thématique", "De l'équipe", "En brouillon", "Masquée"):
            assert title not in said, title
    answer = signed_in(world).get(address(world, f"{end}?groupe=restreint"))
    said = text(answer, kind)
    assert "-restreint." in answer["Content-Disposition"]
    for title, held in (("Réservée", True), ("Par sa thématique", True), ("De l'équipe", False),
                        ("En brouillon", False), ("Masquée", False)):  # fmt: skip
        assert (title in said) is held, title
    if kind == "pdf":
        assert "Réservé au groupe restreint" in said
    assert signed_in(world, "irene").get(address(world, f"{end}?groupe=restreint")).status_code == 404
    assert signed_in(world).get(address(world, f"{end}?groupe=equipe")).status_code == 404


def test_the_page_says_for_whom_each_booklet_is(world: Sheets) -> None:
    world.sheet("Réservée", audience=Audience.RESTRICTED)
    said = squeezed(page(signed_in(world), world))
    assert "3 fiches, dont 1 réservée à ce groupe" in said
    assert "2 fiches. Ce qui est réservé au groupe restreint" in said
    assert "Pour le groupe restreint" not in page(signed_in(world, "irene"), world)


def test_an_embargo_is_told_on_the_page_and_on_each_sheet(world: Sheets) -> None:
    type(world.velo).objects.filter(pk=world.velo.pk).update(embargo_until=timezone.now() + timezone.timedelta(days=3))
    assert "1 est sous embargo" in page(signed_in(world), world)
    assert "pas encore pour le public" in text(signed_in(world).get(address(world, "fiches.pdf")))


def test_without_a_sheet_the_page_and_the_files_say_so(world: Sheets) -> None:
    type(world.velo).objects.all().delete()
    assert "Aucune fiche n'est montrée" in page(signed_in(world, "irene"), world).replace("&#x27;", "'")
    assert "Aucune fiche n'est montrée" in text(signed_in(world).get(address(world, "fiches.pdf")))


def test_reading_writes_nothing(world: Sheets) -> None:
    door = invite_anyone(world.scene.alice, world.consultation)
    before = (JournalEntry.objects.count(), list(Invitation.objects.values()))
    client = signed_in(world)
    for end in ("", *SHEETS, f"affiche/{door.code}.pdf", f"affiche/{door.code}.docx"):
        assert client.get(address(world, end)).status_code == 200, end
    for end in ("lettres/", f"lettres/{door.code}/"):
        assert client.get(address(world, end)).status_code == 405, end
    assert (JournalEntry.objects.count(), list(Invitation.objects.values())) == before


def test_letters_are_printed_and_noted(world: Sheets) -> None:
    for house, name in ((world.caf, "Ana"), (world.asso, "Bea")):
        house.address = "2 rue Haute\n91000 Évry"
        house.save()
        Contact.objects.create(organisation=house, name=name, email=f"{name}@exemple.fr", position="Chargée de mission")
    answer = signed_in(world).post(address(world, "lettres/"), {"who": "nouveaux", "support": "pdf"})
    made = {str(each.contact or each.organisation): each for each in Invitation.objects.select_related("contact")}
    assert {each.channel for each in made.values()} == {Channel.LETTER}
    assert codes(answer.content) == [f"{SITE}{invitation_path(made[name])}" for name in ("Ana", "DDETS", "Bea")]
    said = text(answer)
    assert "Ana Chargée de mission CAF 2 rue Haute 91000 Évry" in said
    assert "À l'attention de la direction DDETS" in said
    assert "exemple.fr" not in said
    again = signed_in(world).post(address(world, "lettres/"), {"who": "nouveaux", "support": "pdf"})
    assert again.status_code == 422
    assert "dans ce cas" in again.content.decode()


@pytest.mark.parametrize("support", ["24", "14"])
def test_labels_open_the_same_invitations(world: Sheets, support: str) -> None:
    Contact.objects.create(organisation=world.caf, name="Ana")
    answer = signed_in(world).post(
        address(world, "lettres/"), {"who": "tous", "support": support, "organisation": world.caf.code}
    )
    held = Invitation.objects.get()
    assert codes(answer.content) == [f"{SITE}{invitation_path(held)}"]
    assert "Ana CAF" in text(answer)


def test_word_letters(world: Sheets) -> None:
    answer = signed_in(world).post(address(world, "lettres/"), {"who": "tous", "support": "docx"})
    assert "Pour commencer" in text(answer, "docx") or "Bonjour," in text(answer, "docx")


@pytest.mark.parametrize("sent", [{}, {"who": "x", "support": "pdf"}, {"who": "tous", "support": "odt"},
                                  {"who": "tous", "support": "pdf", "organisation": "inconnu"}])  # fmt: skip
def test_what_is_not_a_choice_prints_nothing(world: Sheets, sent: dict[str, str]) -> None:
    assert signed_in(world).post(address(world, "lettres/"), sent).status_code == 422
    assert Invitation.objects.count() == 0


def test_one_letter_and_none_for_another_consultation(world: Sheets) -> None:
    someone = world.participant(world.caf)
    assert someone.contact is not None
    held = invite_contact(world.scene.alice, world.consultation, someone.contact)
    answer = signed_in(world).post(address(world, f"lettres/{held.code}/"))
    assert codes(answer.content) == [f"{SITE}{invitation_path(held)}"]
    elsewhere = Consultation.objects.create(slug="autre", title="Autre", territory=world.consultation.territory)
    strange = Invitation.objects.create(consultation=elsewhere, kind=InvitationKind.ORGANISATION, token_hash="x")
    assert signed_in(world).post(address(world, f"lettres/{strange.code}/")).status_code == 404
    assert signed_in(world).get(address(world, f"affiche/{strange.code}.pdf")).status_code == 404


def test_the_poster_is_that_of_a_link_that_stands(world: Sheets) -> None:
    door = invite_anyone(world.scene.alice, world.consultation)
    client = signed_in(world)
    assert codes(client.get(address(world, f"affiche/{door.code}.pdf")).content) == [f"{SITE}{invitation_path(door)}"]
    assert '<svg role="img"' in page(client, world)
    Invitation.objects.update(revoked_at=timezone.now())
    assert client.get(address(world, f"affiche/{door.code}.pdf")).status_code == 404


def test_an_unknown_format_is_not_found(world: Sheets) -> None:
    for end in ("fiches.odt", "avis.exe"):
        assert signed_in(world).get(address(world, end)).status_code == 404


def test_files_are_kept_by_nobody_on_the_way(world: Sheets) -> None:
    answer = signed_in(world).get(address(world, "gommettes.pdf"))
    assert "private" in answer["Cache-Control"]
    assert "no-store" in answer["Cache-Control"]
    assert TeamMember.objects.filter(user=world.scene.alice).exists()


@pytest.mark.parametrize("count", [1, 12])
def test_the_number_of_queries_does_not_grow(world: Sheets, count: int, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    for number in range(count):
        world.sheet(f"Fiche {number}")
    with django_assert_num_queries(5):
        gather_booklet(world.scene.alice, world.consultation, Readers.PARTNERS, "", pictures=True)
