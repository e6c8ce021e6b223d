"""Dropping a file or pasting a text."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import conditional_escape

from parvis.meetings.models import Minutes
from parvis.meetings.operations.import_report import Imported, import_report
from parvis.web.desk.minutes.import_summary import import_summary
from tests.meetings.scene import REPORT, Scene
from tests.web.desk.conftest import signed_in


def address(scene: Scene) -> str:
    return reverse("desk:import_report", args=[scene.meeting.code])


def told(scene: Scene) -> str:
    """« 7 contributions, … », as the reading counts them."""
    outcome = import_report(None, scene.meeting, REPORT.encode(), "rapport.txt", dry_run=True)
    assert outcome.items == 7
    return import_summary(outcome)


def test_counts_are_said_as_french_counts() -> None:
    counts = [
        import_summary(Imported(70, 6, 0, 12, (), None)),
        import_summary(Imported(1, 0, 2, 1, (), None)),
    ]
    assert counts == [
        "70 contributions, 6 doutes, 12 lignes mises de côté",
        "1 contribution, 0 doute, 2 lignes d'introduction, 1 ligne mise de côté",
    ]


def test_pasted_text_goes_to_the_review(scene: Scene, alice: Client) -> None:
    response = alice.post(address(scene), {"text": REPORT}, follow=True)
    minutes = Minutes.objects.get()
    assert response.redirect_chain == [(reverse("desk:review", args=[minutes.code]) + "#doutes", 302)]
    said = [str(message) for message in response.context["messages"]]
    assert said[0] == f"{told(scene)}."


def test_several_files_go_into_the_same_minutes(scene: Scene, alice: Client) -> None:
    files = [
        SimpleUploadedFile("un.txt", REPORT.encode()),
        SimpleUploadedFile("deux.txt", "Emploi\nDéfis\n1. Le permis coûte cher\n".encode()),
    ]
    assert alice.post(address(scene), {"reports": files, "text": ""}).status_code == 302
    assert Minutes.objects.get().sources.count() == 2


def test_refused_text_comes_back(scene: Scene, alice: Client) -> None:
    alice.post(address(scene), {"text": REPORT})
    response = alice.post(address(scene), {"text": REPORT})
    assert response.status_code == 422
    assert response.context["form"]["text"].value() == REPORT
    assert response.context["form"].errors["text"] == [
        "Ce fichier est déjà dans ce compte-rendu : il n'a pas été ajouté une seconde fois."
    ]


def test_nothing_chosen_is_refused(scene: Scene, alice: Client) -> None:
    response = alice.post(address(scene), {"text": "  "})
    assert response.context["form"].errors["text"] == ["Choisissez un fichier, ou collez le texte du compte-rendu."]


def test_binary_file_is_refused_and_pasted_text_comes_back(scene: Scene, alice: Client) -> None:
    data = {"reports": SimpleUploadedFile("photo.txt", bytes(range(256)) * 50), "text": "Un texte collé"}
    response = alice.post(address(scene), data)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["reports"])
    assert response.context["form"]["text"].value() == "Un texte collé"
    assert Minutes.objects.count() == 0


def test_check_first_tells_and_stores_nothing(scene: Scene, alice: Client) -> None:
    page = alice.post(address(scene), {"text": REPORT, "essai": "1"})
    part = alice.post(address(scene), {"text": REPORT, "essai": "1"}, headers={"HX-Request": "true"})
    sentence = conditional_escape(f"Ce texte donnerait\u00a0: {told(scene)}.")
    assert sentence in page.content.decode()
    assert sentence in part.content.decode()
    assert "<html" not in part.content.decode()
    assert page.context["form"]["text"].value() == REPORT
    assert Minutes.objects.count() == 0


def test_report_with_nothing_to_import_says_so(scene: Scene, alice: Client) -> None:
    response = alice.post(address(scene), {"text": "Voir le fichier joint."}, follow=True)
    said = [str(message) for message in response.context["messages"]]
    assert said[0].startswith("0 contribution, 0 doute")
    assert said[1].startswith("Aucune contribution n'a été reconnue")


def test_minutes_begin_without_a_file(scene: Scene, alice: Client) -> None:
    response = alice.post(reverse("desk:start_minutes", args=[scene.meeting.code]), follow=True)
    assert response.status_code == 200
    assert Minutes.objects.get().lines.count() == 0


def test_meeting_leads_to_its_minutes_or_to_the_import(scene: Scene, alice: Client) -> None:
    door = reverse("desk:minutes_of_meeting", args=[scene.meeting.code])
    assert alice.get(door).headers["Location"] == address(scene)
    minutes = scene.draft()
    assert alice.get(door).headers["Location"] == reverse("desk:minutes", args=[minutes.code])


def test_who_may_not_write_finds_nothing(scene: Scene) -> None:
    for user in (scene.dan, scene.chloe, scene.edith):
        refusal = 404 if user == scene.dan else 403  # she may read the consultation, he may not
        assert signed_in(user).get(address(scene)).status_code == refusal
        assert signed_in(user).post(address(scene), {"text": REPORT}).status_code == refusal
    assert Client().get(address(scene)).status_code == 302
    assert Minutes.objects.count() == 0


def test_import_without_csrf_token_is_refused(scene: Scene) -> None:
    assert signed_in(scene.alice, csrf=True).post(address(scene), {"text": REPORT}).status_code == 403
