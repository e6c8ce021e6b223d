"""A report that speaks of security, or of someone, is kept for nobody before the agent said who may read it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from parvis.consultations.enums import Audience
from parvis.consultations.models import Theme
from parvis.core.models import JournalEntry
from parvis.meetings.models import Minutes, WaitingReport
from parvis.meetings.operations import waiting_reports
from parvis.reading.sensitive import concerns_someone
from tests.meetings.scene import REPORT, Scene
from tests.web.desk.conftest import signed_in

SECURITY = "Sécurité\nDéfis\n1. Des rassemblements le soir\n"
NAMED = "Emploi / Insertion\nDéfis\n1. M. Dupont ne trouve pas de stage\n"
ASKED = "Qui pourra lire cette rencontre"


@pytest.fixture(autouse=True)
def open_meeting(scene: Scene) -> None:
    scene.meeting.audience = Audience.PUBLIC
    scene.meeting.save()


def address(scene: Scene) -> str:
    return reverse("desk:import_report", args=[scene.meeting.code])


def audience(scene: Scene) -> str:
    scene.meeting.refresh_from_db()
    return scene.meeting.audience


@pytest.mark.parametrize("text", [SECURITY, NAMED, REPORT + SECURITY])
def test_it_is_asked_before_anything_is_kept(scene: Scene, alice: Client, text: str) -> None:
    page = alice.post(address(scene), {"text": text})
    said = page.content.decode()
    assert page.status_code == 200
    assert ASKED in said
    assert 'value="team" id="lecteurs-team" checked' in said, "the closest is chosen first"
    assert not Minutes.objects.exists()
    assert page.context["form"]["text"].value() == text, "what was pasted comes back"
    assert audience(scene) == "public"


@pytest.mark.parametrize("chosen", ["team", "restricted", "partners", "public"])
def test_the_answer_is_that_of_the_meeting(scene: Scene, alice: Client, chosen: str) -> None:
    assert alice.post(address(scene), {"text": SECURITY, "readers": chosen}).status_code == 302
    assert Minutes.objects.get().lines.exists()
    assert audience(scene) == chosen
    told = JournalEntry.objects.filter(verb="choose_readers")
    assert [entry.values for entry in told] == ([{"audience": chosen}] if chosen != "public" else [])


def test_an_ordinary_report_is_not_asked_about(scene: Scene, alice: Client) -> None:
    assert alice.post(address(scene), {"text": REPORT}).status_code == 302
    assert audience(scene) == "public"


def test_nor_one_of_a_meeting_that_is_reserved_already(scene: Scene, alice: Client) -> None:
    scene.meeting.audience = Audience.RESTRICTED
    scene.meeting.save()
    assert alice.post(address(scene), {"text": SECURITY}).status_code == 302
    assert audience(scene) == "restricted"


def test_an_answer_never_opens_a_meeting_wider(scene: Scene, alice: Client) -> None:
    scene.meeting.audience = Audience.PARTNERS
    scene.meeting.save()
    assert ASKED in alice.post(address(scene), {"text": SECURITY, "readers": "public"}).content.decode()
    assert audience(scene) == "partners"
    assert not Minutes.objects.exists()


def test_a_theme_of_the_consultation_on_security(scene: Scene, alice: Client) -> None:
    """Its heading is another one: the theme it goes to says enough."""
    theme = Theme.objects.create(
        consultation=scene.consultation, name="Tranquillité publique", slug="tranquillite", position=3
    )
    theme.aliases.create(label="Vivre ensemble le soir")
    text = "Vivre ensemble le soir\nDéfis\n1. Des rassemblements\n"
    assert ASKED in alice.post(address(scene), {"text": text}).content.decode()


def test_a_file_is_asked_about_in_place_and_the_page_goes_on(scene: Scene, alice: Client) -> None:
    """With a script the question comes into the page, where the files stay chosen; then the whole page moves on."""
    header = {"HX-Request": "true"}
    data = {"reports": SimpleUploadedFile("rapport.txt", SECURITY.encode()), "text": ""}
    page = alice.post(address(scene), data, headers=header)
    assert ASKED in page.content.decode()
    assert "<h1" not in page.content.decode()
    data = {"reports": SimpleUploadedFile("rapport.txt", SECURITY.encode()), "text": "", "readers": "team"}
    page = alice.post(address(scene), data, headers=header)
    assert page["HX-Redirect"].startswith(reverse("desk:review", args=[Minutes.objects.get().code]))


def test_one_who_is_not_of_the_team_hands_it_over(scene: Scene) -> None:
    bob = signed_in(scene.bob)
    page = bob.post(address(scene), {"text": SECURITY, "readers": "team"}, follow=True)
    assert "la relira" in page.content.decode().replace("&#x27;", "'").replace("\u00a0", " ")
    minutes = Minutes.objects.get()
    assert bob.get(reverse("desk:minutes", args=[minutes.code])).status_code == 404
    assert signed_in(scene.alice).get(reverse("desk:minutes", args=[minutes.code])).status_code == 200


def test_a_long_report_is_asked_about_before_it_is_read(
    scene: Scene, alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting_reports, "LONG", 2)
    assert ASKED in alice.post(address(scene), {"text": REPORT}).content.decode()
    assert not WaitingReport.objects.exists()
    assert alice.post(address(scene), {"text": REPORT, "readers": "team"}).status_code == 302
    assert WaitingReport.objects.count() == 1
    assert audience(scene) == "team"


@pytest.mark.parametrize(
    ("text", "concerns"),
    [
        ("M. Dupont bloque le hall", True), ("Mme d'Arcy est suivie", True), ("la famille Martin a déménagé", True),
        ("le point de deal de la dalle", True), ("le bâtiment C est sale", True), ("hall n° 12", True),
        ("Les familles monoparentales", False), ("Madame la Maire est venue", False), ("Un hall plus clair", False),
        ("Les mères seules cherchent un mode de garde", False),
    ],
)  # fmt: skip
def test_what_concerns_someone(text: str, concerns: bool) -> None:
    assert concerns_someone(text) is concerns
