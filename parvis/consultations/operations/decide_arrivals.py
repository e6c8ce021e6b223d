"""The project team counts those who came by a shared link, or sets them aside: one by one, or a whole rush at once."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from parvis.consultations.counted import came_by_shared_link
from parvis.consultations.enums import Standing
from parvis.consultations.lifecycle import refuse_in_archive
from parvis.consultations.models import Consultation, Participant
from parvis.core import clock, journal
from parvis.core.errors import RefusedInput
from parvis.people.models import User

NOBODY = "Personne n'est choisi : cochez des organismes ou des personnes, ou changez le lien et la période."


@dataclass(frozen=True, slots=True)
class ArrivalChoice:
    """Which of those who came by a shared link: each part that is given narrows.

    `link`: the code of an invitation. `since` is included, `before` is not; `until`, included, is the last arrival that
    was seen by who decides. `ticked`: codes of organisations and of participants; None when everyone is meant.
    """

    standing: str = ""
    link: str = ""
    since: datetime.datetime | None = None
    before: datetime.datetime | None = None
    until: datetime.datetime | None = None
    ticked: Sequence[str] | None = None


def arrivals_of(consultation: Consultation, choice: ArrivalChoice) -> QuerySet[Participant]:
    """The participants chosen, never one whom the team invited by name and about whom it decided nothing."""
    chosen = Q(consultation=consultation)
    if choice.standing:
        chosen &= Q(standing=choice.standing)
    if choice.link:
        chosen &= Q(came_by__code=choice.link)
    if choice.since is not None:
        chosen &= Q(created_at__gte=choice.since)
    if choice.before is not None:
        chosen &= Q(created_at__lt=choice.before)
    if choice.until is not None:
        chosen &= Q(created_at__lte=choice.until)
    if choice.ticked is not None:
        chosen &= Q(organisation__code__in=choice.ticked) | Q(code__in=choice.ticked)
    return Participant.objects.filter(came_by_shared_link(), chosen)


@transaction.atomic
def decide_arrivals(actor: User, consultation: Consultation, choice: ArrivalChoice, decision: Standing) -> int:
    """Count those of `choice`, set them aside, or leave them to be checked again; how many moved.

    Nothing they said is written, moved or lost: figures follow `standing` alone, so that each decision can be undone.
    """
    refuse_in_archive(consultation)
    moved = arrivals_of(consultation, choice).exclude(standing=decision)
    count = moved.update(standing=decision, decided_at=clock.now(), decided_by=actor)
    if not count:
        raise RefusedInput(NOBODY)
    journal.record(
        actor,
        "decide_arrivals",
        consultation,
        decision=decision,
        people=count,
        link=choice.link,
        since=choice.since.isoformat() if choice.since else "",
        before=choice.before.isoformat() if choice.before else "",
    )
    return count
