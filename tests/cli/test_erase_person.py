"""`parvis erase-person`: every table is read afterwards, whatever it holds, and nothing tells of her any more.

Each trace is a word of its own, so that a failure says which one stayed.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client

from parvis.consultations.enums import PhaseControl, PhaseKind
from parvis.consultations.models import Contribution, Phase
from parvis.consultations.operations.invitations import forward_invitation, invite_contact
from parvis.consultations.outbox import apply_ops
from parvis.core import clock
from parvis.gathering.room.minutes import workshop_introduction
from parvis.meetings.models import Attendance, LineComment
from parvis.meetings.operations.checking import comment_line, send_for_checking
from parvis.meetings.operations.room.drafting import close_workshop
from parvis.people.enums import RoleKind
from parvis.people.models import Contact, ProviderIdentity, SignInLink
from parvis.people.operations.erase_person import erase_person
from parvis.people.operations.sign_in_links import create_sign_in_link
from parvis.publishing.operations.submit_draft import submit_draft
from parvis.sheets.operations.ask_presentation import ask_presentation
from tests.erased import still_told
from tests.meetings.room.scene import Room, make_room
from tests.meetings.scene import agent

pytestmark = pytest.mark.django_db
ADDRESS = "canariadresse@organisme.example"


@pytest.fixture
def room() -> Room:
    """She is `invited`: of the CAF, known to the directory, in the room without a seat yet."""
    made = make_room()
    contact = made.invited.contact
    assert contact is not None
    contact.name, contact.position = "Canarinom", "canarifonction"
    contact.email, contact.phone, contact.is_referent = ADDRESS, "canaritelephone", True
    contact.save()
    Phase.objects.create(
        consultation=made.scene.consultation, kind=PhaseKind.REVIEW, control=PhaseControl.OPEN, position=1
    )
    Phase.objects.create(
        consultation=made.scene.consultation, kind=PhaseKind.WORKSHOPS, control=PhaseControl.OPEN, position=2
    )
    return made


KNOWN = ["canarinom", "canariadresse", "canarifonction", "canaritelephone"]


def test_erased_contact_leaves_no_name_nor_address(room: Room, on_erasing: Callable[[], None]) -> None:
    contact = room.invited.contact
    assert contact is not None
    invite_contact(room.scene.alice, room.scene.consultation, contact)
    Attendance.objects.create(
        meeting=room.scene.meeting, contact=contact, presence="registered", updated_at=clock.now()
    )
    assert still_told(KNOWN) == KNOWN
    on_erasing()
    assert still_told(KNOWN) == []


@pytest.fixture
def on_erasing() -> Callable[[], None]:
    return lambda: (erase_person(None, ADDRESS), None)[1]


def test_erased_contact_leaves_none_of_her_opinions_words(room: Room, on_erasing: Callable[[], None]) -> None:
    sheet = room.scene.consultation.sheets.create(number=1, title="Une action", state="ready")
    sheet.themes.set([room.scene.jobs])
    words = ["canariavis", "canaritardif"]

    def opine(comment: str, seq: int) -> str:
        op = {"op_id": str(uuid.uuid4()), "seq": seq, "kind": "opinion", "sheet": sheet.code, "value": "adapt",
              "comment": comment}  # fmt: skip
        return apply_ops(room.invited, "d", [op]).results[0].status

    assert opine(words[0], 1) == "applied"
    Phase.objects.filter(kind=PhaseKind.REVIEW).update(control=PhaseControl.CLOSED, opens_on=datetime.date(2026, 1, 1))
    assert opine(words[1], 2) == "late"
    assert still_told(words) == words
    on_erasing()
    assert still_told(words) == []
    assert [opinion.value for opinion in sheet.opinions.all()] == ["adapt"]


def test_erased_contact_leaves_none_of_her_contributions(room: Room, on_erasing: Callable[[], None]) -> None:
    words = ["canariecrit", "canaricorrige", "canariattend"]
    note = str(uuid.uuid4())
    body = {"contribution_kind": "challenge", "theme": room.scene.jobs.code}
    sent = [
        {"op_id": note, "seq": 1, "kind": "note", "text": words[0], **body},
        {"op_id": str(uuid.uuid4()), "seq": 3, "kind": "note", "text": words[1], **body},
        {"op_id": str(uuid.uuid4()), "seq": 4, "kind": "edit", "of": str(uuid.uuid4()), "text": words[2]},
    ]
    apply_ops(room.invited, "d", sent)
    assert still_told(words) == words
    on_erasing()
    assert still_told(words) == []


def test_erased_contact_leaves_none_of_her_notes_of_a_workshop(room: Room, on_erasing: Callable[[], None]) -> None:
    """On the board, in its versions, in the draft, in what was sent to those present, below a note that stayed."""
    words = ["canarinote", "canariversion", "canaridouble", "canarienretard", "canariremarque"]
    first = room.note(room.invited, words[0])
    second = room.note(room.invited, words[1])
    assert room.do(room.invited, "edit", of=second, text="canariversion deux").status == "applied"
    kept = room.note(room.secretary, "Ce que dit la table")
    double = room.note(room.invited, words[2])
    assert room.do(room.secretary, "duplicate", of=kept, note=double).status == "applied"
    room.family("Une famille", first, kept)
    Attendance.objects.create(
        meeting=room.scene.meeting, contact=room.invited.contact, presence="present", updated_at=clock.now()
    )
    minutes = close_workshop(room.scene.bob, room.board, workshop_introduction)
    assert room.send(room.invited, room.note_op(words[3]))[0].status == "late"
    submit_draft(room.scene.alice, minutes)
    check = send_for_checking(room.scene.alice, minutes, clock.today() + datetime.timedelta(days=3))
    comment_line(room.invited, check, "", words[4])
    assert still_told(words) == words
    on_erasing()
    assert still_told(words) == []
    assert LineComment.objects.count() == 0
    assert Contribution.objects.filter(text="Ce que dit la table").exists()


def test_erased_contact_leaves_no_consent_nor_forwarded_address(room: Room, on_erasing: Callable[[], None]) -> None:
    sheet = room.scene.consultation.sheets.create(number=1, title="Une action", state="ready")
    ask_presentation(room.invited, sheet, name="canariautrenom", email="canariconsent@organisme.example")
    words = ["canariautrenom", "canariconsent"]
    assert still_told(words) == words
    on_erasing()
    assert still_told(words) == []


def test_colleague_who_was_forwarded_the_invitation_is_erased_by_her_own_address(room: Room) -> None:
    colleague = forward_invitation(room.invited, "canaricollegue@organisme.example").contact
    assert colleague is not None
    erase_person(None, "canaricollegue@organisme.example")
    assert still_told(["canaricollegue"]) == []
    assert Contact.objects.get(pk=room.invited.contact_id).email == ADDRESS


def test_erased_agent_leaves_no_name_nor_way_in(room: Room) -> None:
    user = agent("Canariagent", (RoleKind.COORDINATOR, room.scene.consultation.territory))
    EmailAddress.objects.create(user=user, email=user.email)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "canarisecret"})
    ProviderIdentity.objects.create(user=user, issuer="x", subject="canarisujet", linked_at=clock.now())
    create_sign_in_link(user)
    client = Client()
    client.post("/gestion/connexion/", {"email": user.email})
    signed = Client()
    signed.force_login(user)
    words = ["canariagent", "canarisecret", "canarisujet"]
    assert still_told(words) == words
    erase_person(None, user.email)
    assert still_told(words) == []
    assert (SignInLink.objects.count(), user.roles.count()) == (0, 0)
    assert signed.get("/gestion/").status_code == 302
