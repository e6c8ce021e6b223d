"""A partner's link opened on a device where an agent is signed in: by the project team alone, and never in silence."""

from __future__ import annotations

import datetime
from typing import Final

from parvis.consultations.enums import InvitationKind
from parvis.consultations.models import Consultation, Invitation, Participant
from parvis.consultations.rules import reads_names, team_consultations
from parvis.consultations.who_sees_names import NAMES_KEPT
from parvis.core import journal
from parvis.core.errors import RefusedInput
from parvis.core.mailing.purposes import Letter
from parvis.core.mailing.queue import queue_mail
from parvis.core.models import JournalEntry
from parvis.people.models import User

AGENT_OPENING: Final = "agent_opening"
TEAM_ONLY: Final = (
    "Vous êtes dans l'espace des agents, et ce lien est celui d'un partenaire : l'équipe projet seule peut l'ouvrir."
)
_VERB: Final = "open_as_agent"
_LETTER: Final = """Bonjour,

{agent}, de l'équipe projet, vient d'ouvrir votre accès à « {title} » sur son appareil, avec votre lien. \
Cette personne peut y lire vos avis et répondre à votre place.

Vous ne l'avez pas demandé ? Dites-le à l'équipe{contact}. Chaque ouverture reste écrite dans votre accès.

{authority}
"""


def is_of_another(agent: User, invitation: Invitation) -> bool:
    """Whether a link is personal, and not to the agent herself, who may be a partner too."""
    if invitation.kind == InvitationKind.OPEN:
        return False
    contact = invitation.contact
    return contact is None or contact.email.lower() != agent.email.lower()


def refuse_other_agents(agent: User, invitation: Invitation) -> None:
    """Raise `RefusedInput` when an agent may not read what a link opens, since it would let her speak too."""
    if not is_of_another(agent, invitation) or reads_names(agent, invitation.consultation):
        return
    team = Consultation.objects.filter(team_consultations(agent), pk=invitation.consultation_id)
    raise RefusedInput(NAMES_KEPT if team.exists() else TEAM_ONLY)


def tell_agent_opening(agent: User, participant: Participant, invitation: Invitation) -> None:
    """Write in the journal who opened, and tell the partner by mail if she has an address."""
    if not is_of_another(agent, invitation):
        return
    journal.record(agent, _VERB, participant, invitation=invitation.code)
    contact, consultation = invitation.contact, invitation.consultation
    if contact is not None and contact.email:
        body = _LETTER.format(
            agent=agent,
            title=consultation.title,
            contact=f" : {consultation.contact_email}" if consultation.contact_email else "",
            authority=consultation.authority,
        )
        letter = Letter(contact.email, f"Votre accès a été ouvert par un agent · {consultation.title}", body)
        queue_mail(AGENT_OPENING, about=consultation.code, letter=letter)


def openings_by_agents(participant: Participant) -> list[tuple[datetime.datetime, str]]:
    """When agents opened her access on a device of theirs, and who, the latest first. Two queries."""
    entries = JournalEntry.objects.filter(subject=participant.journal_name, verb=_VERB).order_by("-id")
    rows = [(at, actor.partition(":")[2]) for at, actor in entries.values_list("at", "actor")]
    names = {user.code: str(user) for user in User.objects.filter(code__in={code for _, code in rows})}
    return [(at, names.get(code, "un agent")) for at, code in rows]
