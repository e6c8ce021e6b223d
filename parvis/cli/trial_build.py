"""Builds the trial: each call adds two new agglomerations, so that one trial never disturbs another."""

from __future__ import annotations

import datetime
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from parvis.consultations.enums import Audience, Origin, PhaseKind
from parvis.consultations.models import Consultation, Participant, Partner
from parvis.consultations.operations.create_consultation import ConsultationDetails, create_consultation
from parvis.consultations.operations.devices import add_device
from parvis.consultations.operations.lifecycle import open_consultation
from parvis.consultations.operations.phases import PhasePlan, plan_phases
from parvis.core import clock
from parvis.meetings.models import Board, Meeting
from parvis.meetings.operations.create_meeting import MeetingDetails, create_meeting
from parvis.meetings.operations.room.preparing import AGENDAS, DEFAULT_AGENDA, BoardPlan, prepare_board
from parvis.meetings.operations.room.running import open_room
from parvis.people.enums import OrganisationType, RoleKind
from parvis.people.models import Contact, Organisation, User
from parvis.people.operations.agents import add_agent
from parvis.people.operations.sign_in_links import DEMO_LIFETIME, create_sign_in_link
from parvis.sheets.enums import SheetState
from parvis.sheets.models import ActionSheet
from parvis.territories.enums import TerritoryKind
from parvis.territories.models import Territory
from parvis.territories.operations.import_territories import import_territories

SHEETS = 30
PARTICIPANTS = 63
_PHONES = 1_000
"""What the room of a trial takes: it is where rooms are measured, with more phones than a workshop ever has."""


@dataclass(frozen=True, slots=True)
class TrialParticipant:
    """`token` opens the outbox; `type` is that of the organisation."""

    token: str
    type: str


@dataclass(frozen=True, slots=True)
class TrialAgent:
    """`sign_in` is a path of this site."""

    role: str
    email: str
    sign_in: str


@dataclass(frozen=True, slots=True)
class TrialSide:
    """One agglomeration. `room` is the code of the room of `meeting`, open."""

    territory: str
    consultation: str
    sheets: list[str]
    participants: list[TrialParticipant]
    agents: list[TrialAgent]
    meeting: str
    room: str


@transaction.atomic
def build_trial() -> tuple[TrialSide, TrialSide]:
    """Two sides that share nothing: the review and the workshops are open in both."""
    return _side("Rive gauche"), _side("Rive droite")


def _side(name: str) -> TrialSide:
    here = _territory(name)
    agents = {role: _agent(role, here) for role in RoleKind}
    lead = agents[RoleKind.COORDINATOR]
    consultation = _consultation(lead, here)
    meeting = create_meeting(
        agents[RoleKind.FACILITATOR],
        consultation,
        MeetingDetails(f"Atelier de {here.name}", starts_at=clock.now(), territory=here, audience=Audience.PUBLIC),
    )
    return TrialSide(
        territory=here.name,
        consultation=consultation.slug,
        sheets=_sheets(consultation),
        participants=_participants(consultation),
        agents=[
            TrialAgent(role.value, user.email, reverse("desk:sign_in_link", args=[_link(user)]))
            for role, user in agents.items()
        ],
        meeting=meeting.code,
        room=_room(agents[RoleKind.FACILITATOR], meeting).room,
    )


def _room(facilitator: User, meeting: Meeting) -> Board:
    """A workshop in its first step."""
    board = prepare_board(facilitator, meeting, BoardPlan(steps=AGENDAS[DEFAULT_AGENDA], expected_people=_PHONES))
    open_room(facilitator, board)
    return board


def _territory(name: str) -> Territory:
    """An agglomeration with a town and a neighbourhood, under official codes that nobody has."""
    while True:
        number = secrets.randbelow(900) + 100
        siren, town = f"299{number:03d}{secrets.randbelow(900) + 100}", f"00{number}"
        taken = Territory.objects.filter(official_code__in=[siren, town, f"QN{town[:2]}{town[2:]}M"])
        if not taken.exists():
            break
    import_territories(
        None,
        "code_qp,lib_qp,insee_com,lib_com,siren_epci,lib_epci\n"
        f"QN{town}M,Quartier {number},{town},Commune {number},{siren},{name} {number}\n",
    )
    return Territory.objects.get(kind=TerritoryKind.INTERCOMMUNALITY, official_code=siren)


def _agent(role: RoleKind, here: Territory) -> User:
    address = f"{role.value}-{here.code}@essai.example"
    return add_agent(None, email=address, name=f"{role.label} {here.name}", territory=here, role=role).user


def _link(user: User) -> str:
    return create_sign_in_link(user, lifetime=DEMO_LIFETIME, reusable=True)


def _consultation(lead: User, here: Territory) -> Consultation:
    consultation = create_consultation(
        lead,
        here,
        ConsultationDetails(
            title=f"Essai {here.name}", slug=f"essai-{here.code}", authority=here.name, audience=Audience.PUBLIC
        ),
    )
    open_consultation(lead, consultation)
    today = clock.today()
    before, after = today - datetime.timedelta(days=7), today + datetime.timedelta(days=30)
    plan_phases(
        lead, consultation, [PhasePlan(kind, before, after) for kind in (PhaseKind.REVIEW, PhaseKind.WORKSHOPS)]
    )
    return consultation


def _sheets(consultation: Consultation) -> list[str]:
    themes = list(consultation.themes.order_by("position"))
    codes = []
    for number in range(1, SHEETS + 1):
        sheet = ActionSheet.objects.create(
            consultation=consultation,
            number=number,
            title=f"Action d'essai {number}",
            summary=f"Ce que fait l'action {number}.",
            state=SheetState.READY,
            audience=Audience.PARTNERS,
        )
        sheet.themes.set([themes[number % 6]])
        codes.append(sheet.code)
    return codes


def _participants(consultation: Consultation) -> list[TrialParticipant]:
    """Three people for each type of organisation, each invited by name."""
    made = []
    types = list(OrganisationType)
    for rank in range(PARTICIPANTS):
        kind = types[rank % len(types)]
        organisation, _ = Organisation.objects.get_or_create(
            territory=consultation.territory, name=f"{kind.label} {consultation.territory.name}", type=kind
        )
        Partner.objects.get_or_create(consultation=consultation, organisation=organisation)
        contact = Contact.objects.create(
            organisation=organisation,
            name=f"Partenaire {rank + 1}",
            email=f"partenaire-{rank + 1}-{consultation.code}@essai.example",
            is_referent=rank < len(types),
        )
        participant = Participant.objects.create(
            consultation=consultation, organisation=organisation, contact=contact, origin=Origin.INVITED
        )
        made.append(TrialParticipant(add_device(participant), kind.value))
    return made
