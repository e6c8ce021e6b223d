"""The picture of a sheet and the files joined to it: put at the desk, read by those who read the sheet."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from parvis.consultations.enums import Audience
from parvis.consultations.models import Participant
from parvis.consultations.operations.devices import add_device
from parvis.core.models import JournalEntry
from parvis.sheets.enums import FileKind, SheetState
from parvis.sheets.models import ActionSheet, SheetFile
from tests.html import squeezed
from tests.reading.test_attachments import office
from tests.reading.test_pictures import image
from tests.sheets.scene import Sheets, make_sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


@pytest.fixture
def alice(world: Sheets) -> Client:
    client = Client()
    client.force_login(world.scene.alice)
    return client


def partner(participant: Participant) -> Client:
    client = Client()
    session = client.session
    session["participant_key"] = add_device(participant)
    session.save()
    return client


def desk(world: Sheets, end: str = "") -> str:
    return f"/gestion/concertations/{world.consultation.code}/fiches/{world.permis.code}/fichiers/{end}"


def send_picture(client: Client, world: Sheets, data: bytes | None = None, **more: str) -> int:
    sent: dict[str, object] = {"geste": "image", **{f"image-{name}": value for name, value in more.items()}}
    if data is not None:
        sent["image-file"] = SimpleUploadedFile("photo.png", data, "image/png")
    return client.post(desk(world), sent).status_code


def send_file(client: Client, world: Sheets, data: bytes, name: str = "bilan.pdf") -> int:
    return client.post(desk(world), {"geste": "piece", "piece-file": SimpleUploadedFile(name, data)}).status_code


def kept(world: Sheets) -> list[tuple[str, str]]:
    return list(world.permis.files.order_by("pk").values_list("kind", "alt"))


def test_picture_is_put_with_its_words(world: Sheets, alice: Client) -> None:
    assert send_picture(alice, world, image("PNG"), alt="Un vélo bleu") == 302
    assert kept(world) == [("picture", "Un vélo bleu")]
    page = alice.get(desk(world)).content.decode()
    assert 'alt="Un vélo bleu"' in page


def test_picture_without_words_is_refused(world: Sheets, alice: Client) -> None:
    assert send_picture(alice, world, image("PNG")) == 422
    assert kept(world) == []


def test_picture_that_decorates_needs_no_words(world: Sheets, alice: Client) -> None:
    assert send_picture(alice, world, image("PNG"), decorative="on") == 302
    assert kept(world) == [("picture", "")]


def test_picture_with_words_cannot_decorate_only(world: Sheets, alice: Client) -> None:
    assert send_picture(alice, world, image("PNG"), alt="Un vélo", decorative="on") == 422


def test_picture_takes_the_place_of_the_former_one(world: Sheets, alice: Client) -> None:
    send_picture(alice, world, image("PNG"), alt="Un vélo")
    send_picture(alice, world, image("JPEG"), alt="Deux vélos")
    assert kept(world) == [("picture", "Deux vélos")]


def test_words_of_a_picture_change_alone(world: Sheets, alice: Client) -> None:
    send_picture(alice, world, image("PNG"), alt="Un vélo")
    before = world.permis.files.get().data
    assert send_picture(alice, world, alt="Un vélo vert") == 302
    assert kept(world) == [("picture", "Un vélo vert")]
    assert world.permis.files.get().data == before


def test_picture_refused_gives_the_words_back(world: Sheets, alice: Client) -> None:
    sent = {"geste": "image", "image-alt": "Mes mots", "image-file": SimpleUploadedFile("x.png", b"<svg/>")}
    answer = alice.post(desk(world), sent)
    assert answer.status_code == 422
    assert "Mes mots" in answer.content.decode()
    assert "png, jpeg ou webp" in answer.content.decode()


def test_file_is_joined_then_taken_off(world: Sheets, alice: Client) -> None:
    assert send_file(alice, world, office("odt"), "Bilan d'été.odt") == 302
    held = world.permis.files.get()
    assert (held.kind, held.name) == ("attachment", "Bilan d'été.odt")
    assert alice.post(desk(world, f"{held.code}/retirer/")).status_code == 302
    assert kept(world) == []


def test_eleventh_file_is_refused(world: Sheets, alice: Client) -> None:
    assert [send_file(alice, world, b"%PDF-1.7") for _ in range(11)] == [302] * 10 + [422]


def test_source_stays_with_its_sheet(world: Sheets, alice: Client) -> None:
    source = world.permis.files.create(kind=FileKind.SOURCE, name="fiche.docx", data=b"?", size=1)
    assert alice.post(desk(world, f"{source.code}/retirer/")).status_code == 404
    assert SheetFile.objects.filter(pk=source.pk).exists()


def test_file_of_another_sheet_is_not_taken_off(world: Sheets, alice: Client) -> None:
    other = world.velo.files.create(kind=FileKind.ATTACHMENT, name="x.pdf", data=b"?", size=1)
    assert alice.post(desk(world, f"{other.code}/retirer/")).status_code == 404


def test_journal_keeps_codes_never_names(world: Sheets, alice: Client) -> None:
    send_picture(alice, world, image("PNG"), alt="Un vélo")
    send_picture(alice, world, alt="Un vélo vert")
    send_file(alice, world, b"%PDF-1.7", "Madame Untel.pdf")
    file = world.permis.files.get(kind=FileKind.ATTACHMENT)
    alice.post(desk(world, f"{file.code}/retirer/"))
    rows = JournalEntry.objects.filter(subject=world.permis.journal_name).order_by("pk")
    verbs = ["put_picture", "describe_picture", "attach_file", "remove_file"]
    assert list(rows.values_list("verb", flat=True)) == verbs
    assert "Untel" not in str(list(rows.values_list("values", flat=True)))


def test_partner_sees_the_picture_and_the_files(world: Sheets, alice: Client) -> None:
    send_picture(alice, world, image("PNG"), alt="Un vélo bleu")
    send_file(alice, world, b"%PDF-1.7" + b" " * 2_048, "Bilan d'été.pdf")
    inside = partner(world.participant(world.caf))
    page = squeezed(inside.get(f"/partenaires/fiches/{world.permis.code}/").content.decode())
    assert 'alt="Un vélo bleu"' in page
    assert "Bilan d&#x27;été.pdf</a> (2 ko)" in page
    picture, file = world.permis.files.order_by("pk")
    shown = inside.get(f"/partenaires/fiches/{world.permis.code}/fichiers/{picture.code}/")
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/png")
    assert shown["Content-Disposition"].startswith("inline")
    taken = inside.get(f"/partenaires/fiches/{world.permis.code}/fichiers/{file.code}/")
    assert taken["Content-Disposition"] == "attachment; filename*=utf-8''Bilan%20d%27%C3%A9t%C3%A9.pdf"
    for answer in (shown, taken):
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "private, no-store"


def test_source_is_for_agents_alone(world: Sheets, alice: Client) -> None:
    source = world.permis.files.create(
        kind=FileKind.SOURCE, name="fiche.docx", data=b"?", size=1, content_type="application/octet-stream"
    )
    inside = partner(world.participant(world.caf))
    assert inside.get(f"/partenaires/fiches/{world.permis.code}/fichiers/{source.code}/").status_code == 404
    assert "fiche.docx" not in inside.get(f"/partenaires/fiches/{world.permis.code}/").content.decode()
    assert alice.get(desk(world, f"{source.code}/")).content == b"?"


@pytest.mark.parametrize(
    "change",
    [{"state": SheetState.DRAFT}, {"state": SheetState.WITHDRAWN}, {"audience": Audience.RESTRICTED},
     {"audience": Audience.TEAM}, {"hidden_at": "2026-01-01T00:00Z"}],
)  # fmt: skip
def test_file_follows_its_sheet(world: Sheets, change: dict[str, str]) -> None:
    file = world.permis.files.create(kind=FileKind.ATTACHMENT, name="x.pdf", data=b"?", size=1, content_type="x/y")
    inside = partner(world.participant(world.caf))
    address = f"/partenaires/fiches/{world.permis.code}/fichiers/{file.code}/"
    assert inside.get(address).status_code == 200
    ActionSheet.objects.filter(pk=world.permis.pk).update(**change)
    assert inside.get(address).status_code == 404
