"""What waits for an agent: the content of the desk's first page, in a constant number of queries."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from parvis.consultations import rules as consultation_rules
from parvis.consultations.counted import counted
from parvis.consultations.enums import InvitationKind, OpStatus, PhaseKind, Standing
from parvis.consultations.models import (
    Consultation,
    Invitation,
    OutboxOp,
    Participant,
    Phase,
)
from parvis.consultations.rules import team_consultations
from parvis.core import clock
from parvis.gathering.desk.received import AllReceived, gather_received
from parvis.gathering.desk.waiting_steps import passable_steps, waiting_steps
from parvis.meetings import rules as meeting_rules
from parvis.meetings.models import Meeting, Minutes
from parvis.people.models import Role, User
from parvis.publishing.enums import FlagState, PublishingState
from parvis.publishing.models import Flag
from parvis.sheets.enums import SheetState, WaitingState
from parvis.sheets.models import ActionSheet, WaitingSheet
from parvis.territories.models import Territory

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class WaitingMinutes:
    """Unpublished minutes, and what they wait for. `mine` tells whether this agent may do it."""

    code: str
    title: str
    consultation: str
    state: str
    awaited: str
    mine: bool


@dataclass(frozen=True, slots=True)
class ComingMeeting:
    """A meeting of the days to come."""

    code: str
    title: str
    starts_at: datetime.datetime
    place: str
    consultation: str


@dataclass(frozen=True, slots=True)
class WaitingPartners:
    """What the partners' half of a consultation waits for: people silent, sheets in draft, opinions that came late,
    sheets read in Word files that nobody has looked over.

    `arrived`: people who came in by a shared link since `arrived_since`, to be checked; told to the project team alone.
    """

    code: str
    title: str
    silent: int
    drafts: int
    late: int
    unread: int
    arrived: int
    arrived_since: datetime.datetime | None

    @property
    def waits(self) -> bool:
        return bool(self.silent or self.drafts or self.late or self.unread or self.arrived)


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """What a new instance already has: each step opens the next."""

    role: bool
    territories: bool
    consultation: bool
    meeting: bool
    report: bool

    @property
    def done(self) -> bool:
        return self.report


@dataclass(frozen=True, slots=True)
class DeskHome:
    """The content of the page."""

    minutes: tuple[WaitingMinutes, ...]
    meetings: tuple[ComingMeeting, ...]
    consultations: tuple[Consultation, ...]
    partners: tuple[WaitingPartners, ...]
    open_flags: int
    received: AllReceived
    first_steps: FirstSteps


def gather_home(actor: User) -> DeskHome:
    """Everything that the first page of `actor` says."""
    consultations = tuple(
        Consultation.objects.filter(consultation_rules.readable_consultations(actor), consultation_rules.in_use())
        .select_related("territory")
        .prefetch_related("phases")[:_SHOWN]
    )
    in_use = consultation_rules.in_use("consultation__")
    readable = Meeting.objects.filter(meeting_rules.readable_meetings(actor), in_use)
    coming = readable.filter(starts_at__gte=clock.now(), cancelled_at=None).order_by("starts_at", "id")
    flags = Flag.objects.filter(
        state=FlagState.OPEN,
        consultation__in=Consultation.objects.filter(consultation_rules.moderated_consultations(actor)),
    )
    return DeskHome(
        minutes=_waiting(actor),
        meetings=tuple(
            ComingMeeting(row.code, row.title, row.starts_at, row.place, row.consultation.title)
            for row in coming.select_related("consultation")[:_SHOWN]
        ),
        consultations=consultations,
        partners=_waiting_partners(actor),
        open_flags=flags.count(),
        received=gather_received(actor),
        first_steps=FirstSteps(
            role=Role.objects.filter(user=actor).exists(),
            territories=Territory.objects.exists(),
            consultation=bool(consultations),
            meeting=readable.exists(),
            report=Minutes.objects.filter(meeting_rules.readable_minutes(actor)).exists(),
        ),
    )


def _waiting(actor: User) -> tuple[WaitingMinutes, ...]:
    """Those that the agent may push on, first; then those that wait for others."""
    written = Minutes.objects.filter(meeting_rules.readable_minutes(actor), consultation_rules.in_use("consultation__"))
    unpublished = written.exclude(state=PublishingState.PUBLISHED)
    unfinished = list(unpublished.select_related("consultation").prefetch_related("consultation__steps")[:_SHOWN])
    if not unfinished:
        return ()
    ids = [minutes.pk for minutes in unfinished]
    editable = set(_ids(meeting_rules.editable_minutes(actor), ids))
    publishable = set(_ids(meeting_rules.publishable_minutes(actor), ids))
    steps = waiting_steps(unfinished)
    passable = passable_steps(actor, {minutes.consultation_id for minutes in unfinished})
    rows = []
    for minutes in unfinished:
        step = steps.get(minutes.subject)
        awaited, mine = "", False
        if minutes.state == PublishingState.DRAFT:
            awaited, mine = "À relire", minutes.pk in editable
        elif minutes.state == PublishingState.READY:
            awaited, mine = "À publier", minutes.pk in publishable
        elif step is not None:
            awaited, mine = f"Étape « {step.kind.label} »", step.is_hers(actor, passable)
        rows.append(
            WaitingMinutes(
                code=minutes.code,
                title=minutes.title,
                consultation=minutes.consultation.title,
                state=PublishingState(minutes.state).label,
                awaited=awaited,
                mine=mine,
            )
        )
    return tuple(sorted(rows, key=lambda row: not row.mine))


def _waiting_partners(actor: User) -> tuple[WaitingPartners, ...]:
    """Those whose partners wait for this agent, who prepares them or is of their project team. Nine queries."""
    editable = consultation_rules.editable_consultations(actor)
    of_team = team_consultations(actor) & consultation_rules.in_use()
    mine = list(Consultation.objects.filter(editable | of_team)[:_SHOWN])
    ids = list(Consultation.objects.filter(editable, pk__in=[row.pk for row in mine]).values_list("pk", flat=True))
    drafts = _count(ActionSheet.objects.filter(consultation__in=ids, state=SheetState.DRAFT), "consultation_id")
    late = _count(
        OutboxOp.objects.filter(counted("participant__"), participant__consultation__in=ids, status=OpStatus.LATE),
        "participant__consultation_id",
    )
    spoke = Participant.objects.filter(
        consultation=OuterRef("consultation"), contact=OuterRef("contact"), ops__isnull=False
    )
    unread = _count(
        WaitingSheet.objects.filter(source__consultation__in=ids, state=WaitingState.WAITING), "source__consultation_id"
    )
    standing = Invitation.objects.filter(consultation__in=ids, kind=InvitationKind.CONTACT, revoked_at=None)
    reviews = Phase.objects.filter(consultation__in=ids, kind=PhaseKind.REVIEW)
    over = [phase.consultation_id for phase in reviews if phase.is_over(clock.today())]
    standing = standing.exclude(consultation__in=over)
    silent = _count(standing.exclude(sent_at=None).filter(~Exists(spoke)), "consultation_id")
    arrived = _arrived(Consultation.objects.filter(of_team))
    rows = [
        WaitingPartners(
            row.code, row.title, silent[row.pk], drafts[row.pk], late[row.pk], unread[row.pk],
            *arrived.get(row.pk, (0, None)),
        )
        for row in mine
    ]  # fmt: skip
    return tuple(row for row in rows if row.waits)


def _arrived(consultations: QuerySet[Consultation]) -> dict[int, tuple[int, datetime.datetime]]:
    """Consultation → those to be checked, and when the first of them came in."""
    theirs = Participant.objects.filter(consultation__in=consultations.order_by().values("pk"))
    to_check = theirs.filter(standing=Standing.TO_CHECK)
    rows = to_check.order_by().values_list("consultation").annotate(count=Count("pk"), first=Min("created_at"))
    return {consultation: (count, first) for consultation, count, first in rows}


def _count(rows: QuerySet[Any], key: str) -> Counter[int]:
    return Counter({row[key]: row["count"] for row in rows.order_by().values(key).annotate(count=Count("pk"))})


def _ids(rule: Q, ids: list[int]) -> list[int]:
    return list(Minutes.objects.filter(rule, pk__in=ids).order_by().values_list("pk", flat=True))
