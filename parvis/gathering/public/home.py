"""The first page: what is going on now, what comes next, the last reports."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.consultations.models import Consultation
from parvis.consultations.rules import readable_consultations
from parvis.gathering.public.consultation import phase_steps, where_we_are
from parvis.gathering.public.meeting_filters import Filters
from parvis.gathering.public.meeting_list import Row, make_rows, meeting_rows

SHOWN = 3
MOST_CONSULTATIONS = 30


@dataclass(frozen=True, slots=True)
class ConsultationCard:
    """A consultation in short. `now` tells where it stands."""

    slug: str
    title: str
    territory: str
    authority: str
    now: str


@dataclass(frozen=True, slots=True)
class HomePage:
    consultations: tuple[ConsultationCard, ...]
    to_come: tuple[Row, ...]
    past: tuple[Row, ...]


def home_page() -> HomePage:
    """Six queries, whatever there is."""
    consultations = (
        Consultation.objects.filter(readable_consultations(None))
        .select_related("territory")
        .prefetch_related("phases")
        .order_by("-created_at", "-id")[:MOST_CONSULTATIONS]
    )
    to_come = meeting_rows(Filters(when="a-venir"), 0, SHOWN)
    past = meeting_rows(Filters(when="passees"), 0, SHOWN)
    made = make_rows(to_come + past)
    return HomePage(
        consultations=tuple(
            ConsultationCard(
                row.slug, row.title, row.territory.name, row.authority, where_we_are(phase_steps(row.phases.all()))
            )
            for row in consultations
        ),
        to_come=made[: len(to_come)],
        past=made[len(to_come) :],
    )
