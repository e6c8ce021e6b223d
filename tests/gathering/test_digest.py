"""What waits for an agent is on her first page at once, and in the mail of the day."""

from __future__ import annotations

import datetime
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client

from parvis.consultations.models import Invitation
from parvis.consultations.operations.invitations import invite_contact
from parvis.core import clock
from parvis.core.mailing.sender import send_all_due
from parvis.gathering.desk.digest import digest_letter
from parvis.people.enums import RoleKind
from parvis.publishing.enums import FlagReason
from parvis.publishing.operations.flag_content import flag_content
from parvis.publishing.operations.submit_draft import submit_draft
from parvis.publishing.registry import Readable
from parvis.sheets.models import LeadReply, ResultsRelease
from parvis.sheets.operations.share_results import share_with_leads
from tests.meetings.scene import agent
from tests.rights.town import make_town
from tests.sheets.scene import Sheets, make_sheets, shared_results
from tests.web.desk.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


def seen(world: Sheets) -> tuple[str, str]:
    """The first page of the coordinator, and her mail."""
    letter = digest_letter(world.scene.alice)
    page = signed_in(world.scene.alice).get("/gestion/").content.decode().replace("&#x27;", "'")
    return page.replace("\xa0", " "), letter.body.replace("\xa0", " ") if letter is not None else ""


def test_a_flag_is_told(world: Sheets) -> None:
    flag_content("meeting", Readable(world.consultation, world.scene.meeting.code, "", ""),
                 reason=FlagReason.OTHER, comment="")  # fmt: skip
    assert "1 contenu signalé à regarder" in seen(world)[0]
    assert "– 1 contenu signalé à regarder" in seen(world)[1]


def test_replies_of_leads_then_the_step_of_the_results_are_told(world: Sheets) -> None:
    release = shared_results(world)
    LeadReply.objects.create(sheet=world.permis, text="Notre réponse", updated_at=clock.now())
    for text in seen(world):
        assert "1 réponse de porteur reçue : " in text
        assert "Résultats à valider" not in text
    submit_draft(world.scene.alice, ResultsRelease.objects.get(pk=release.pk))
    for text in seen(world):
        assert "réponse de porteur" not in text
        assert "Résultats à valider : " in text


def test_nothing_is_written_to_someone_for_whom_nothing_waits(world: Sheets) -> None:
    shared_results(world)
    reader = agent("Lectrice", (RoleKind.READER, world.consultation.territory))
    submit_draft(world.scene.alice, ResultsRelease.objects.get())
    assert digest_letter(reader) is None


def test_leads_are_told_once_that_their_results_are_open(world: Sheets) -> None:
    world.permis.lead = world.asso
    world.permis.save()
    lead, other = world.participant(world.asso, "Mme Jeanne Porte"), world.participant(world.caf)
    for someone in (lead, other):
        assert someone.contact is not None
        invite_contact(None, world.consultation, someone.contact)
    shared_results(world)
    share_with_leads(world.scene.alice, world.consultation, clock.today() + datetime.timedelta(days=20))
    send_all_due()
    assert lead.contact is not None
    (letter,) = mail.outbox
    assert letter.to == [lead.contact.email]
    assert letter.body.startswith("Madame Porte,")
    assert "– Permis de conduire solidaire" in letter.body
    path = next(line for line in letter.body.splitlines() if line.startswith("http"))
    assert path.endswith("/?actions=1")
    assert Invitation.objects.count() == 2
    opened = Client().post(urlsplit(path)._replace(scheme="", netloc="").geturl())
    assert opened.headers["Location"] == "/partenaires/mes-actions/"


def test_remarks_on_a_draft_are_told() -> None:
    town = make_town()
    for text in seen(town.sheets):
        assert "1 remarque de participant à traiter : " in text
