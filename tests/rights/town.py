"""A town where everything happened: at least one row of each model, made by the operations wherever there is one.

Built twice, it gives two towns that must not mix.
"""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.test import Client

from parvis.consultations.enums import Audience, Kind
from parvis.consultations.mail_writing import proposed_details
from parvis.consultations.models import ConsultationAddress, Participant, ThemeAlias
from parvis.consultations.operations.devices import add_device
from parvis.consultations.operations.glossary import Definition, save_entry
from parvis.consultations.operations.invitations import invite_anyone, invite_contact, token_of
from parvis.consultations.operations.mail_texts import save_mail_text
from parvis.consultations.operations.send_invitations import INVITATION_TEXT
from parvis.consultations.operations.set_logo import set_logo
from parvis.consultations.outbox import apply_ops
from parvis.core import clock
from parvis.core.models import DatabaseProbe, OutgoingMail
from parvis.gathering.room.minutes import workshop_introduction
from parvis.meetings.enums import LinePlace
from parvis.meetings.models import Attendance, Meeting, Photo, WaitingReport
from parvis.meetings.operations.checking import CHECK_MAIL, comment_line, send_for_checking
from parvis.meetings.operations.heading_words import add_word
from parvis.meetings.operations.room.drafting import close_workshop
from parvis.meetings.operations.room.entering import join_with_phone, take_table, take_the_floor
from parvis.meetings.operations.room.preparing import AGENDAS, DEFAULT_AGENDA, BoardPlan, prepare_board
from parvis.meetings.operations.room.running import open_room
from parvis.meetings.operations.room.table_links import table_token
from parvis.people.enums import RoleKind
from parvis.people.models import ProviderIdentity, User
from parvis.people.operations.sent_forms import record_form_answer, take_form_key
from parvis.people.operations.sign_in_links import create_sign_in_link
from parvis.publishing.enums import FlagReason
from parvis.publishing.operations.flag_content import flag_content
from parvis.publishing.operations.submit_draft import submit_draft
from parvis.publishing.registry import Readable
from parvis.sheets.enums import FileKind, OpinionValue
from parvis.sheets.models import LeadReply, Position, Tally
from parvis.sheets.operations.ask_presentation import ask_presentation
from parvis.sheets.operations.waiting_sheets import bring_file
from parvis.web.room.screens import screen_path
from tests.meetings.scene import agent
from tests.sheets.scene import Sheets, make_sheets, published_results
from tests.sheets.word import word_sheet

DAY = datetime.timedelta(days=1)


@dataclass
class Town:
    """`keys` fills the parts of addresses: (row, name of its field), or a word that is no row's."""

    sheets: Sheets
    agents: dict[str, User | None]
    partners: dict[str, Participant]
    room_code: str
    seats: dict[str, Participant]
    keys: dict[str, tuple[Model, str] | str]

    def values(self) -> dict[str, str]:
        """The parts of addresses as they are now."""
        found = {}
        for name, key in self.keys.items():
            if isinstance(key, str):
                found[name] = key
            else:
                row, field = key
                row.refresh_from_db()
                found[name] = str(getattr(row, field))
        return found

    def clients(self) -> dict[str, Client]:
        """Everyone of this town, each on a device of her own."""
        found: dict[str, Client] = {}
        for name, user in self.agents.items():
            found[name] = Client()
            if user is not None:
                found[name].force_login(user)
        for name, participant in self.partners.items():
            found[name] = _holding(participant_key=add_device(participant))
            if name == "revoked":
                Participant.objects.filter(pk=participant.pk).update(revoked_at=clock.now())
        for name, participant in self.seats.items():
            found[name] = _holding(room_keys={self.room_code: add_device(participant)})
        return found


def _holding(**held: Any) -> Client:
    client = Client()
    session = client.session
    session.update(held)
    session.save()
    return client


def make_town() -> Town:
    sheets = make_sheets()
    scene, consultation = sheets.scene, sheets.consultation
    here = consultation.territory
    irene, luc = agent("Irene", (RoleKind.ADMINISTRATOR, here)), agent("Luc", (RoleKind.READER, here))
    nobody = agent("Personne")
    ProviderIdentity.objects.create(user=scene.bob, issuer="https://x.example", subject="s", linked_at=clock.now())
    ThemeAlias.objects.create(theme=scene.jobs, label="Travail")
    ConsultationAddress.objects.create(consultation=consultation, slug="quartiers-d-avant")
    someone, referent = sheets.participant(sheets.caf, "Claire Voix"), sheets.participant(sheets.ddets, "Rémi Voix")
    assert someone.contact is not None
    assert referent.contact is not None
    type(referent.contact).objects.filter(pk=referent.contact.pk).update(is_referent=True)
    sheets.permis.lead = sheets.asso
    sheets.permis.funding, sheets.permis.partners, sheets.permis.indicators = [["CAF", "1 €"]], ["MJC"], ["Permis"]
    sheets.permis.save()
    leader = sheets.participant(sheets.asso, "Jeanne Porte")
    sheets.opine(someone, sheets.permis, "adapt", comment="Une réserve de la CAF")
    sheets.opine(referent, sheets.permis, "continue")
    save_mail_text(scene.alice, consultation, INVITATION_TEXT, proposed_details(consultation, INVITATION_TEXT))
    ask_presentation(referent, sheets.permis, name="Rémi", email="remi@perso.example")
    Position.objects.create(organisation=sheets.ddets, sheet=sheets.permis, value="continue", updated_at=clock.now())
    Tally.objects.create(
        sheet=sheets.permis, college="state", value=OpinionValue.CONTINUE, count=3, updated_at=clock.now()
    )
    note = {"op_id": str(uuid.uuid4()), "seq": someone.clock + 9, "kind": "note", "text": "Écrite avant l'atelier",
            "contribution_kind": "challenge", "theme": scene.jobs.code}  # fmt: skip
    apply_ops(someone, "d", [note])
    LeadReply.objects.create(sheet=sheets.permis, text="La réponse du porteur", updated_at=clock.now())
    published_results(sheets)
    DatabaseProbe.objects.get_or_create(pk=1, defaults={"at": clock.now()})
    file = sheets.permis.files.create(
        kind=FileKind.ATTACHMENT, name="bilan.pdf", data=b"%PDF-1.7 bilan", size=9, content_type="application/pdf"
    )
    minutes = scene.published()
    contribution = minutes.contributions.order_by("id")[0]
    save_entry(scene.alice, here, Definition("QPV", "quartier prioritaire"))
    word = add_word(scene.alice, here, "Ce qui pèse", Kind.CHALLENGE)
    flag = flag_content(
        "contribution", Readable(consultation, contribution.code, "", ""), reason=FlagReason.OTHER, comment="?"
    )
    board = prepare_board(scene.bob, scene.meeting, BoardPlan(AGENDAS[DEFAULT_AGENDA], sheets=[sheets.permis]))
    open_room(scene.bob, board)
    set_logo(scene.alice, consultation, b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 1"/>')
    waiting = bring_file(scene.alice, consultation, word_sheet("Un marché", picture="La place"), "marche.docx")[0]
    checked = _checked_workshop(sheets, someone)
    add_device(someone)
    take_form_key(scene.bob, "clé", "empreinte")
    record_form_answer(scene.bob, "clé", "/gestion/rencontres/")
    seats = {
        "facilitator's floor": take_the_floor(scene.bob, board),
        "secretary": take_table(board, 1),
        "phone": join_with_phone(board, 1),
    }
    revoked = sheets.participant(sheets.caf, "Partie")
    outside = Participant.objects.create(
        consultation=consultation, organisation=sheets.caf, contact=None, origin="invited"
    )
    invitation = invite_contact(None, consultation, someone.contact)
    door = invite_anyone(scene.alice, consultation)
    WaitingReport.objects.create(meeting=scene.meeting, name="long.txt", data=b"Un long compte-rendu")
    town = Town(
        sheets=sheets,
        agents={
            "anyone": None, "stranger": nobody, "reader": luc, "elected": scene.edith, "moderator": scene.chloe,
            "facilitator": scene.bob, "coordinator": scene.alice, "administrator": irene, "elsewhere": scene.dan,
        },
        partners={
            "partner": someone, "referent": referent, "lead": leader, "revoked": revoked, "open": outside
        },
        room_code=board.room,
        seats=seats,
        keys={
            "slug": (consultation, "slug"), "sheet": (sheets.permis, "code"), "file": (file, "code"),
            "organisation": (sheets.caf, "code"), "contact": (someone.contact, "code"),
            "invitation_code": (invitation, "code"), "invitation": token_of(invitation.code),
            "opinion": (someone.opinions.get(), "code"), "consultation": (consultation, "code"),
            "meeting": (scene.meeting, "code"), "minutes": (minutes, "code"), "room": (board, "room"),
            "line": (minutes.lines.filter(place=LinePlace.ITEM).order_by("position")[0], "code"),
            "contribution": (contribution, "code"), "flag": (flag, "code"), "theme": (scene.jobs, "code"),
            "entry": (here.glossary.get(), "code"), "word": (word, "code"),
            "user": (scene.bob, "code"), "member": (scene.alice, "code"), "territory": (here, "code"),
            "check": (checked, "code"), "token": create_sign_in_link(scene.bob),
            "mail": (OutgoingMail.objects.get(about=consultation.code, purpose=CHECK_MAIL), "code"),
            "waiting": (waiting, "code"), "door": (door, "code"), "table_token": table_token(board, 1),
            "screen_token": screen_path(board, scene.bob).split("/")[-2],
        },
    )  # fmt: skip
    return town


def _checked_workshop(sheets: Sheets, present: Participant) -> Model:
    """Another workshop, played and closed, whose draft is read by those who came. Its check."""
    scene = sheets.scene
    meeting = Meeting.objects.create(
        consultation=sheets.consultation, title="Atelier du jeudi", territory=sheets.consultation.territory,
        starts_at=clock.now() - DAY, audience=Audience.PARTNERS,
    )  # fmt: skip
    board = prepare_board(scene.bob, meeting, BoardPlan(steps=AGENDAS[DEFAULT_AGENDA]))
    open_room(scene.bob, board)
    secretary = take_table(board, 1)
    note, seq = str(uuid.uuid4()), iter(range(1, 99))

    def send(who: Participant, kind: str, op_id: str = "", **body: Any) -> None:
        op = {"op_id": op_id or str(uuid.uuid4()), "seq": next(seq), "kind": kind, "room": board.room, **body}
        assert apply_ops(who, "d", [op]).results[0].status == "applied"

    send(secretary, "note", note, contribution_kind="challenge", text="Dit en atelier", theme=scene.jobs.code)
    send(secretary, "family", title="Une famille", notes=[note])
    send(secretary, "dot", target=note, count=1)
    send(secretary, "attendance", organisation="CAF", people=2)
    Photo.objects.create(board=board, data=b"photo", content_type="image/png", size=5, taken_at=clock.now())
    assert present.contact is not None
    Attendance.objects.create(meeting=meeting, contact=present.contact, presence="present", updated_at=clock.now())
    minutes = close_workshop(scene.bob, board, workshop_introduction)
    submit_draft(scene.alice, minutes)
    check = send_for_checking(scene.alice, minutes, clock.today() + 3 * DAY)
    comment_line(present, check, "", "Une remarque")
    return check
