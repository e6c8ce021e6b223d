"""Invitations: made, handed on, opened. One opens one consultation and nothing else.

The token is derived from the instance's secret key, so that a letter can be printed again and a reminder hold the same
link; the table keeps its hash only, and does not open anything by itself.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from parvis.consultations.enums import InvitationKind, Origin, Standing
from parvis.consultations.lifecycle import ARCHIVED_FOR_PARTNERS
from parvis.consultations.models import Consultation, Invitation, Participant, Partner
from parvis.consultations.operations.agent_openings import refuse_other_agents, tell_agent_opening
from parvis.consultations.rules import open_to_partners, opened
from parvis.core import clock, journal
from parvis.core.access import rule
from parvis.core.addresses import path_to
from parvis.core.codes import hash_token, new_code
from parvis.core.errors import RefusedInput
from parvis.people.models import Contact, Organisation, User

GONE = "Cette invitation n'est plus valable. Demandez-en une autre à la personne qui vous l'a envoyée."
TOO_EARLY = "Cette concertation n'est pas encore ouverte. Gardez ce lien : il s'ouvrira avec elle."
CHOOSE = "Choisissez votre organisme dans la liste."
CLOSED = "Votre accès est retiré : demandez à l'équipe projet."
NOT_BY_YOU = "Cette personne ne peut être invitée que par l'équipe projet : écrivez-lui."
JOINED = "Ce contact vient d'être réuni à un autre : rechargez la page."
MOST_FORWARDED = 10
MOST_BY_HOUSE_LINK = 20
"""How many people an organisation's own link brings in before the next ones are checked: it may have gone round."""
CHECKED_FIRST = (
    "L'équipe projet doit d'abord vérifier votre accès. Vos collègues peuvent entrer par le même lien que vous."
)


def token_of(code: str) -> str:
    """The token of the invitation of this code: 128 bits, the same each time."""
    key = hashlib.sha256(b"invitation" + settings.SECRET_KEY.encode()).digest()
    return base64.urlsafe_b64encode(hmac.digest(key, code.encode(), "sha256")[:16]).decode().rstrip("=")


def invitation_path(invitation: Invitation, *leads_to: str) -> str:
    """The address that opens it, on this site. `leads_to`: a page and its code, in place of the sheets."""
    return path_to("invitation", token_of(invitation.code), *leads_to)


def invitation_link(invitation: Invitation, *leads_to: str) -> str:
    """The same, whole: as a mail or a paper gives it."""
    return f"{settings.PUBLIC_URL}{invitation_path(invitation, *leads_to)}"


def taken_back(consultation: Consultation) -> Q:
    """Contacts whose invitation was taken back, and whom nobody of the agents invited again."""
    made = Invitation.objects.filter(consultation=consultation, contact=OuterRef("pk"), kind=InvitationKind.CONTACT)
    return Q(Exists(made)) & ~Q(Exists(made.filter(revoked_at=None)))


def hold_partner(consultation: Consultation, organisation: Organisation) -> bool:
    """Whether an organisation is a partner, which it then stays until the transaction ends: nobody absorbs it."""
    rows = Partner.objects.select_for_update(no_key=True).filter(consultation=consultation, organisation=organisation)
    return rows.order_by("pk").values_list("pk").first() is not None


@transaction.atomic
def invite_contact(
    actor: User | None, consultation: Consultation, contact: Contact, forwarded_by: Participant | None = None
) -> Invitation:
    """The standing invitation of a contact, made if there is none. Her organisation becomes a partner."""
    # Two who invite her at once make one invitation. Her organisation is that of now: another may have absorbed it.
    held = Contact.objects.select_for_update().filter(pk=contact.pk).first()
    if held is None:
        raise RefusedInput(JOINED)
    organisation = contact.organisation if contact.organisation_id == held.organisation_id else held.organisation
    Partner.objects.get_or_create(consultation=consultation, organisation=organisation)
    standing = Invitation.objects.filter(
        consultation=consultation, contact=contact, kind=InvitationKind.CONTACT, revoked_at=None
    ).first()
    if standing is not None:
        return standing
    made = _make(actor, consultation, InvitationKind.CONTACT, contact=contact, organisation=organisation,
                 forwarded_by=forwarded_by)  # fmt: skip
    Participant.objects.filter(consultation=consultation, contact=contact).update(revoked_at=None)
    return made


@transaction.atomic
def invite_organisation(
    actor: User | None, consultation: Consultation, organisation: Organisation, forwarded_by: Participant | None = None
) -> Invitation:
    """One more invitation for whoever of the organisation opens it."""
    Partner.objects.get_or_create(consultation=consultation, organisation=organisation)
    return _make(actor, consultation, InvitationKind.ORGANISATION, organisation=organisation, forwarded_by=forwarded_by)


@transaction.atomic
def invite_anyone(actor: User, consultation: Consultation) -> Invitation:
    """An open invitation, for a QR code on a wall: whoever opens it says her organisation."""
    return _make(actor, consultation, InvitationKind.OPEN)


@transaction.atomic
def forward_invitation(participant: Participant, email: str = "") -> Invitation:
    """One more invitation, for a colleague of the same organisation: by her address, or a link to give.

    Not by someone who is not checked: she could send our mail to anyone, and bring in as many as she likes. The giver's
    row is held: what she hands on at once is counted in turn, and a decision or a revocation at the same moment comes
    before, or closes this one too. Whom the agents took out, they alone bring back.
    """
    giver = Participant.objects.select_for_update().get(pk=participant.pk)
    if giver.revoked_at is not None:
        raise RefusedInput(CLOSED)
    organisation = giver.organisation
    if giver.standing != Standing.COUNTED:
        raise RefusedInput(CHECKED_FIRST)
    if organisation is None:
        raise RefusedInput("Votre organisme n'est pas connu : demandez une invitation à l'équipe projet.")
    if Invitation.objects.filter(forwarded_by=participant).count() >= MOST_FORWARDED:
        raise RefusedInput(f"Vous avez déjà transmis {MOST_FORWARDED} invitations : demandez les suivantes à l'équipe.")
    if not email:
        return invite_organisation(None, participant.consultation, organisation, forwarded_by=participant)
    contact, _ = Contact.objects.get_or_create(organisation=organisation, email=email.strip().lower())
    if Contact.objects.filter(taken_back(participant.consultation), pk=contact.pk).exists():
        raise RefusedInput(NOT_BY_YOU)
    return invite_contact(None, participant.consultation, contact, forwarded_by=participant)


@rule
def find_invitation(token: str) -> Invitation | None:
    """The invitation that a token opens, unless it was revoked or its consultation is closed to partners."""
    invitation = (
        Invitation.objects.filter(open_to_partners("consultation__"), token_hash=hash_token(token), revoked_at=None)
        .select_related("consultation", "organisation", "contact__organisation")
        .first()
    )
    return None if invitation is None or invitation.consultation.audience == "team" else invitation


def why_closed(token: str) -> str:
    """What to say to who holds a token that opens nothing: hers may be of a consultation that is not open yet."""
    standing = Invitation.objects.filter(token_hash=hash_token(token), revoked_at=None)
    return TOO_EARLY if standing.exclude(opened("consultation__")).exists() else GONE


@transaction.atomic
def open_invitation(
    invitation: Invitation, organisation: Organisation | None = None, *, agent: User | None = None
) -> Participant:
    """Who comes in by `invitation`. Counts the opening. Raises `RefusedInput` when it is gone, or needs a choice.

    The update itself tells whether it still opens, so that a revocation at the same moment is never overtaken.
    `agent`: who is signed in on the device. She opens another's link as one of the project team, and it is told.
    """
    if invitation.consultation.archived_at is not None:
        raise RefusedInput(ARCHIVED_FOR_PARTNERS)
    if agent is not None:
        refuse_other_agents(agent, invitation)
    moment = clock.now()
    opened = Invitation.objects.filter(pk=invitation.pk, revoked_at=None).update(openings=F("openings") + 1)
    if not opened:
        raise RefusedInput(GONE)
    Invitation.objects.filter(pk=invitation.pk, opened_at=None).update(opened_at=moment)
    invitation.refresh_from_db(fields=["organisation", "contact"])  # held since: what it opens is that of now
    consultation = invitation.consultation
    if invitation.kind == InvitationKind.CONTACT:
        participant, made = Participant.objects.get_or_create(
            consultation=consultation,
            contact=invitation.contact,
            defaults={
                "organisation": invitation.organisation,
                "origin": Origin.INVITED,
                "came_by": invitation,
                "standing": _first_standing(invitation),
            },
        )
    else:
        chosen = invitation.organisation or organisation
        if chosen is None or not hold_partner(consultation, chosen):
            raise RefusedInput(CHOOSE)
        origin = Origin.ONLINE if invitation.kind == InvitationKind.OPEN else Origin.INVITED
        participant, made = Participant(
            consultation=consultation, organisation=chosen, origin=origin, came_by=invitation,
            standing=_first_standing(invitation),
        ), True  # fmt: skip
        participant.save()
    if made:
        journal.record(participant, "open_invitation", invitation)
    if agent is not None:
        tell_agent_opening(agent, participant, invitation)
    return participant


def _first_standing(invitation: Invitation) -> Standing:
    """What someone who comes in by it begins with, its opening counted: to be checked when nobody chose her."""
    invitation.refresh_from_db(fields=["openings", "forwarded_by"])
    sender = invitation.forwarded_by
    by_a_stranger = sender is not None and sender.standing != Standing.COUNTED
    gone_round = invitation.kind == InvitationKind.ORGANISATION and invitation.openings > MOST_BY_HOUSE_LINK
    unchosen = invitation.kind == InvitationKind.OPEN or by_a_stranger or gone_round
    return Standing.TO_CHECK if unchosen else Standing.COUNTED


def _make(
    actor: User | None,
    consultation: Consultation,
    kind: InvitationKind,
    *,
    contact: Contact | None = None,
    organisation: Organisation | None = None,
    forwarded_by: Participant | None = None,
) -> Invitation:
    code = new_code()
    made = Invitation.objects.create(
        code=code, token_hash=hash_token(token_of(code)), consultation=consultation, kind=kind, contact=contact,
        organisation=organisation, forwarded_by=forwarded_by, created_by=actor,
    )  # fmt: skip
    journal.record(actor or forwarded_by, "invite", made, kind=kind, consultation=consultation.code)
    return made
