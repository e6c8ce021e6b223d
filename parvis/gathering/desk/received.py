"""What others wrote, and that waits for an agent: remarks on a draft, replies of leads, results to validate.

Five queries, and those of the steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from parvis.consultations.models import Consultation
from parvis.consultations.rules import in_use, readable_consultations, team_consultations
from parvis.french.counts import plural
from parvis.gathering.desk.waiting_steps import passable_steps, waiting_steps
from parvis.meetings.models import Attendance, LineComment, Meeting, Minutes
from parvis.meetings.operations.tell_change import not_told
from parvis.meetings.rules import editable_meetings, editable_minutes
from parvis.people.models import User
from parvis.publishing.enums import PublishingState
from parvis.sheets.models import LeadReply, ResultsRelease


@dataclass(frozen=True, slots=True)
class Received:
    """`code`: of the minutes that remarks are about; of the consultation for the rest. `sentence`: what waits."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class AllReceived:
    """`changes`: meetings that changed, of which people who registered do not know. `remarks`: not answered yet.
    `replies`: to results not yet sent to validation. `results`: hers to validate."""

    changes: tuple[Received, ...]
    remarks: tuple[Received, ...]
    replies: tuple[Received, ...]
    results: tuple[Received, ...]


def gather_received(actor: User) -> AllReceived:
    """For the desk's first page and the daily mail."""
    return AllReceived(
        changes=_changes(actor), remarks=_remarks(actor), replies=_replies(actor), results=_results(actor)
    )


def _changes(actor: User) -> tuple[Received, ...]:
    unaware = Attendance.objects.filter(not_told(), meeting=OuterRef("pk"))
    meetings = Meeting.objects.filter(editable_meetings(actor), Exists(unaware), hidden_at=None)
    rows = meetings.order_by("starts_at", "pk").values_list("code", "title")
    return tuple(Received(code, f"Inscrits à prévenir d'un changement : {title}") for code, title in rows)


def _remarks(actor: User) -> tuple[Received, ...]:
    mine = Minutes.objects.filter(editable_minutes(actor)).exclude(state=PublishingState.PUBLISHED)
    waiting = LineComment.objects.filter(check_sent__minutes__in=mine.order_by().values("pk"), handled_at=None)
    return _counted(
        waiting, "check_sent__minutes", "remarque de participant à traiter", "remarques de participants à traiter"
    )


def _replies(actor: User) -> tuple[Received, ...]:
    mine = Consultation.objects.filter(team_consultations(actor), in_use()).order_by().values("pk")
    replies = LeadReply.objects.filter(
        sheet__consultation__in=mine,
        sheet__consultation__results_release__state=PublishingState.DRAFT,
        sheet__consultation__results_release__shared_with_leads_at__isnull=False,
    )
    return _counted(replies, "sheet__consultation", "réponse de porteur reçue", "réponses de porteurs reçues")


def _results(actor: User) -> tuple[Received, ...]:
    readable = Consultation.objects.filter(readable_consultations(actor), in_use()).order_by().values("pk")
    releases = list(
        ResultsRelease.objects.filter(consultation__in=readable, state=PublishingState.VALIDATION)
        .select_related("consultation")
        .prefetch_related("consultation__steps")
        .order_by("pk")
    )
    if not releases:
        return ()
    steps, passable = waiting_steps(releases), passable_steps(actor, {row.consultation_id for row in releases})
    return tuple(
        Received(row.consultation.code, f"Résultats à valider : {row.consultation.title}")
        for row in releases
        if row.subject in steps and steps[row.subject].is_hers(actor, passable)
    )


def _counted(rows: QuerySet[Any], subject: str, one: str, many: str) -> tuple[Received, ...]:
    """How many `rows` there are about each `subject`, in the order of titles."""
    fields = (f"{subject}__code", f"{subject}__title")
    counted = rows.order_by().values_list(*fields).annotate(count=Count("pk")).order_by(*reversed(fields))
    return tuple(Received(code, f"{plural(count, one, many)} : {title}") for code, title, count in counted)
