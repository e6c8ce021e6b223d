"""The partners of the demonstration: a directory, sheets, invitations, and what most of them answered."""

from __future__ import annotations

import datetime
import random
import uuid
from pathlib import Path

from parvis.consultations.models import Consultation, Invitation, Participant
from parvis.consultations.operations.import_partners import import_partners
from parvis.consultations.operations.invitations import invitation_path, invite_contact, open_invitation
from parvis.consultations.outbox import apply_ops
from parvis.core import clock
from parvis.gathering.partners.sheets import gather_partner_sheets
from parvis.people.models import Contact, User
from parvis.reading.spreadsheets import read_table
from parvis.sheets.models import ActionSheet
from parvis.sheets.operations.import_sheets import import_sheets
from parvis.sheets.operations.many_sheets import show_many

_DATA = Path(__file__).resolve().parents[1] / "demo_data"
_VALUES = ("strengthen", "continue", "continue", "adapt", "reconsider", "unknown", "unknown", "no_view")
_COMMENTS = {
    "adapt": "Les horaires ne conviennent pas aux parents qui travaillent.",
    "reconsider": "Deux actions font la même chose : il faudrait choisir.",
}
_SILENT_ONE_IN = 4


def invite_and_answer(lead: User, consultation: Consultation) -> None:
    """Import, show, invite; three quarters of the partners answer, some sheets only."""
    for name, bring in (("partenaires.csv", import_partners), ("fiches.csv", import_sheets)):
        bring(lead, consultation, read_table((_DATA / name).read_bytes(), name))
    codes = ActionSheet.objects.filter(consultation=consultation).order_by("number").values_list("code", flat=True)
    show_many(lead, consultation, list(codes))
    dice = random.Random(2027)  # noqa: S311 - the same demonstration each time
    contacts = Contact.objects.filter(organisation__partnerships__consultation=consultation).order_by("pk")
    for rank, contact in enumerate(contacts):
        invitation = invite_contact(lead, consultation, contact)
        sent = clock.now() - datetime.timedelta(days=20)
        Invitation.objects.filter(pk=invitation.pk).update(sent_at=sent, channel="mail")
        if rank % _SILENT_ONE_IN:
            _answer(open_invitation(invitation), dice)


def _answer(participant: Participant, dice: random.Random) -> None:
    """Two sheets in three of her perimeter, by the outbox as her telephone would."""
    page = gather_partner_sheets(participant)
    cards = [card for shelf in page.shelves for card in shelf.cards if dice.random() < 0.7]
    ops = []
    for seq, card in enumerate(cards, start=1):
        value = dice.choice(_VALUES)
        op = {"op_id": str(uuid.UUID(int=dice.getrandbits(128), version=4)), "seq": seq, "kind": "opinion",
              "sheet": card.code, "value": value}  # fmt: skip
        if value in _COMMENTS and dice.random() < 0.5:
            op["comment"] = _COMMENTS[value]
        ops.append(op)
    apply_ops(participant, "demonstration", ops)


def partner_link(slug: str) -> tuple[str, str]:
    """Name and path of the invitation of a partner who has not come yet: the first of the directory."""
    waiting = Invitation.objects.filter(consultation__slug=slug, opened_at=None, kind="contact", revoked_at=None)
    invitation = waiting.select_related("contact", "organisation").order_by("pk").first()
    if invitation is None:
        invitation = Invitation.objects.filter(consultation__slug=slug, kind="contact").order_by("pk")[0]
    return f"{invitation.contact}, {invitation.organisation}", invitation_path(invitation)
