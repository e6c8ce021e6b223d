"""Flags and their answers; hiding, showing again, erasing."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from parvis.consultations.models import Consultation, Contribution
from parvis.meetings.models import Meeting
from parvis.publishing.digests import verify_edition
from parvis.publishing.enums import FlagReason, FlagState
from parvis.publishing.models import Edition, EditionLine, Flag
from parvis.publishing.operations.flag_content import flag_content
from parvis.publishing.registry import Readable
from parvis.publishing.rules import readable_contributions
from tests.meetings.scene import Scene
from tests.web.desk.conftest import signed_in

BUS = "Le dernier bus part trop tôt"


@pytest.fixture
def chloe(scene: Scene) -> Client:
    scene.published()
    return signed_in(scene.chloe)


def bus() -> Contribution:
    return Contribution.objects.get(text=BUS)


def paragraph() -> EditionLine:
    line = EditionLine.objects.filter(role="introduction").order_by("position").first()
    assert line is not None
    return line


def flag(scene: Scene, kind: str = "contribution", code: str = "") -> Flag:
    content = Readable(scene.consultation, code or bus().code, "", "")
    return flag_content(kind, content, reason=FlagReason.PERSON, comment="On me reconnaît")


def targets(scene: Scene) -> dict[str, str]:
    return {
        "meeting": scene.meeting.code,
        "contribution": bus().code,
        "paragraph": paragraph().reference.removeprefix("line:"),
        "consultation": scene.consultation.code,
    }


def hidden(kind: str) -> bool:
    if kind == "contribution":
        return bus().state == "hidden"
    found: Meeting | EditionLine | Consultation = {
        "meeting": Meeting.objects.get, "paragraph": paragraph, "consultation": Consultation.objects.get
    }[kind]()  # fmt: skip
    return found.hidden_at is not None


@pytest.mark.parametrize("kind", ["meeting", "contribution", "paragraph", "consultation"])
def test_hide_then_restore_each_kind(scene: Scene, chloe: Client, kind: str) -> None:
    code = targets(scene)[kind]
    assert chloe.get(reverse("desk:moderate", args=[kind, code])).status_code == 200
    assert chloe.post(reverse("desk:moderate_hide", args=[kind, code]), {"reason": "person"}).status_code == 302
    assert hidden(kind)
    again = chloe.post(reverse("desk:moderate_hide", args=[kind, code]), {"reason": "person"})
    assert again.status_code == (422 if kind in ("contribution", "paragraph") else 302)
    assert chloe.post(reverse("desk:moderate_restore", args=[kind, code])).status_code == 302
    assert not hidden(kind)
    assert [verify_edition(each) for each in Edition.objects.all()] == [[]]


@pytest.mark.parametrize("kind", ["meeting", "contribution", "consultation"])
def test_hidden_contributions_leave_the_public_then_come_back(scene: Scene, chloe: Client, kind: str) -> None:
    code = targets(scene)[kind]
    public = Contribution.objects.filter(readable_contributions(), text=BUS)
    assert public.exists()
    chloe.post(reverse("desk:moderate_hide", args=[kind, code]), {"reason": "person"})
    assert not public.exists()
    chloe.post(reverse("desk:moderate_restore", args=[kind, code]))
    assert public.exists()


def test_hide_without_a_reason_is_refused(scene: Scene, chloe: Client) -> None:
    response = chloe.post(reverse("desk:moderate_hide", args=["contribution", bus().code]))
    assert (response.status_code, bus().state) == (422, "visible")


def test_erase_asks_for_confirmation_then_cannot_come_back(scene: Scene, chloe: Client) -> None:
    code = bus().code
    where = reverse("desk:erase_contribution", args=[code])
    assert (chloe.post(where).status_code, bus().state) == (422, "visible")
    assert chloe.post(where, {"sure": "on"}).status_code == 302
    erased = Contribution.objects.get(code=code)
    assert (erased.text, erased.state) == ("[texte effacé]", "hidden")
    assert chloe.post(reverse("desk:moderate_restore", args=["contribution", code])).status_code == 422
    assert [verify_edition(each) for each in Edition.objects.all()] == [[]]
    assert chloe.get(reverse("desk:moderate", args=["contribution", code])).status_code == 200


def test_flags_that_wait_come_alone(scene: Scene, chloe: Client) -> None:
    waiting, handled = flag(scene), flag(scene)
    Flag.objects.filter(pk=handled.pk).update(state=FlagState.DISMISSED)
    assert list(chloe.get(reverse("desk:flags")).context["page"]) == [waiting]
    assert set(chloe.get(reverse("desk:flags") + "?tous=1").context["page"]) == {waiting, handled}


def test_answer_that_hides_does_both(scene: Scene, chloe: Client) -> None:
    made = flag(scene)
    where = reverse("desk:flag", args=[made.code])
    assert BUS in chloe.get(where).content.decode()
    assert chloe.post(where, {"decision": "hide", "answer": "Nous l'avons masqué."}).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.answer, made.handled_by) == ("upheld", "Nous l'avons masqué.", scene.chloe)
    assert bus().state == "hidden"


def test_answer_that_keeps_hides_nothing(scene: Scene, chloe: Client) -> None:
    made = flag(scene)
    chloe.post(reverse("desk:flag", args=[made.code]), {"decision": "keep", "answer": "Personne n'est nommé."})
    made.refresh_from_db()
    assert (made.state, bus().state) == ("dismissed", "visible")


def test_flag_without_answer_changes_nothing_and_comes_back(scene: Scene, chloe: Client) -> None:
    made = flag(scene)
    response = chloe.post(reverse("desk:flag", args=[made.code]), {"decision": "hide", "answer": " "})
    assert (response.status_code, bus().state) == (422, "visible")
    assert response.context["form"]["decision"].value() == "hide"


def test_flag_is_answered_once(scene: Scene, chloe: Client) -> None:
    made = flag(scene)
    data = {"decision": "keep", "answer": "Personne n'est nommé."}
    chloe.post(reverse("desk:flag", args=[made.code]), data)
    response = chloe.post(reverse("desk:flag", args=[made.code]), data | {"decision": "hide"})
    assert (response.status_code, bus().state) == (422, "visible")


def test_flag_on_a_passage_shows_it(scene: Scene, chloe: Client) -> None:
    made = flag(scene, "paragraph", paragraph().reference.removeprefix("line:"))
    page = chloe.get(reverse("desk:flag", args=[made.code]))
    assert page.context["described"].paragraphs == (paragraph().content["text"],)


def test_flag_on_what_is_gone_can_still_be_answered(scene: Scene, chloe: Client) -> None:
    made = flag(scene, "contribution", "disparue")
    where = reverse("desk:flag", args=[made.code])
    assert chloe.get(where).context["described"] is None
    assert chloe.post(where, {"decision": "hide", "answer": "Déjà retiré."}).status_code == 422
    assert chloe.post(where, {"decision": "keep", "answer": "Déjà retiré."}).status_code == 302


def test_content_of_a_meeting_since_reserved_is_not_shown(scene: Scene, chloe: Client) -> None:
    made = flag(scene)
    Meeting.objects.update(audience="team")
    page = chloe.get(reverse("desk:flag", args=[made.code]))
    assert (page.context["described"], BUS in page.content.decode()) == (None, False)
    assert chloe.get(reverse("desk:moderate", args=["contribution", bus().code])).status_code == 404


def test_published_lines_of_minutes_lead_to_their_page(scene: Scene, chloe: Client) -> None:
    minutes = scene.meeting.minutes.get()
    page = chloe.get(reverse("desk:moderate_minutes", args=[minutes.code]))
    assert reverse("desk:moderate", args=["contribution", bus().code]) in page.content.decode()


def test_who_does_not_moderate_finds_nothing(scene: Scene, chloe: Client) -> None:
    made, code = flag(scene), bus().code
    for user in (scene.bob, scene.dan, scene.edith):
        client = signed_in(user)
        assert list(client.get(reverse("desk:flags")).context["page"]) == []
        assert client.get(reverse("desk:flag", args=[made.code])).status_code == 404
        assert (
            client.post(reverse("desk:moderate_hide", args=["contribution", code]), {"reason": "person"}).status_code
            == 404
        )
        assert client.post(reverse("desk:erase_contribution", args=[code]), {"sure": "on"}).status_code == 404
    assert bus().state == "visible"


def test_get_on_a_change_is_refused(scene: Scene, chloe: Client) -> None:
    assert chloe.get(reverse("desk:moderate_hide", args=["contribution", bus().code])).status_code == 405


def test_unknown_kind_is_not_found(scene: Scene, chloe: Client) -> None:
    assert chloe.get(f"/gestion/moderation/chose/{bus().code}/").status_code == 404
