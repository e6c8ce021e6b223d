"""A consultation as anyone may read it: what it is, where it stands, its rencontres, what comes next."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from parvis.consultations.enums import Audience, PhaseControl
from parvis.consultations.models import Consultation, Phase, Theme
from parvis.consultations.rules import readable_consultations
from parvis.core import clock
from parvis.french import counts, dates
from parvis.gathering.glossary import Glossary, glossary_of
from parvis.gathering.public.meeting import paragraphs
from parvis.gathering.public.meeting_filters import Filters
from parvis.gathering.public.meeting_list import Row, make_rows, meeting_rows
from parvis.sheets.models import ResultsRelease

SHOWN = 10


@dataclass(frozen=True, slots=True)
class PhaseStep:
    """A phase, as `components/steps.html` reads it."""

    title: str
    state: str
    when: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class ConsultationPage:
    """Everything the page of a consultation says. `children` and `parent` are (slug, title).

    `has_results`: what partners think of the actions is published.
    """

    slug: str
    title: str
    territory: str
    authority: str
    contact: str
    introduction: tuple[str, ...]
    next_steps: tuple[str, ...]
    steps: tuple[PhaseStep, ...]
    now: str
    themes: tuple[tuple[str, str], ...]
    to_come: tuple[Row, ...]
    past: tuple[Row, ...]
    parent: tuple[str, str] | None
    children: tuple[tuple[str, str], ...]
    has_results: bool
    glossary: Glossary


def readable_consultation(slug: str) -> Consultation | None:
    """The consultation if anyone may read it. One query."""
    readable = Consultation.objects.filter(readable_consultations(None), slug=slug).order_by()
    return readable.select_related("territory", "parent").first()


def present_slug(former: str) -> str:
    """The address of today of what had this one, if anyone may read it; empty otherwise."""
    moved = Consultation.objects.filter(readable_consultations(None), addresses__slug=former).exclude(slug=former)
    return moved.order_by().values_list("slug", flat=True).first() or ""


def consultation_page(slug: str) -> ConsultationPage | None:
    """The page, or None when not everyone may read it. Nine queries, whatever it holds."""
    consultation = readable_consultation(slug)
    if consultation is None:
        return None
    above_or_below = Q(pk=consultation.parent_id) | Q(parent=consultation.pk)
    near = Consultation.objects.filter(above_or_below, readable_consultations(None))
    related = list(near.order_by("sort_key", "id").values_list("id", "slug", "title"))
    steps = phase_steps(consultation.phases.all())
    to_come = meeting_rows(Filters(consultation=slug, when="a-venir"), 0, SHOWN)
    past = meeting_rows(Filters(consultation=slug, when="passees"), 0, SHOWN)
    made = make_rows(to_come + past, with_themes=False)
    themes = Theme.objects.filter(consultation=consultation.pk, audience=Audience.PUBLIC).order_by("position", "id")
    return ConsultationPage(
        slug=consultation.slug,
        title=consultation.title,
        territory=consultation.territory.name,
        authority=consultation.authority,
        contact=consultation.contact_email,
        introduction=paragraphs(consultation.introduction),
        next_steps=paragraphs(consultation.next_steps),
        steps=tuple(steps),
        now=where_we_are(steps),
        themes=tuple(themes.values_list("slug", "name")),
        to_come=made[: len(to_come)],
        past=made[len(to_come) :],
        parent=next(((slug_, title) for pk, slug_, title in related if pk == consultation.parent_id), None),
        children=tuple((slug_, title) for pk, slug_, title in related if pk != consultation.parent_id),
        has_results=ResultsRelease.objects.filter(consultation=consultation.pk, edition__isnull=False).exists(),
        glossary=glossary_of(consultation.territory_id),
    )


def phase_steps(phases: Iterable[Phase], day: datetime.date | None = None) -> list[PhaseStep]:
    """Each phase with its state (`done`, `current`, `next`) and its dates in words."""
    day = day or clock.today()
    return [
        PhaseStep(
            title=phase.get_kind_display(),
            state="current" if phase.is_open(day) else "done" if phase.is_over(day) else "next",
            when=_dates(phase),
        )
        for phase in phases
    ]


def where_we_are(steps: Iterable[PhaseStep]) -> str:
    """« En ce moment : ateliers et avis des partenaires », or what comes next, or what was last."""
    phases = list(steps)
    current = [step.title.lower() for step in phases if step.state == "current"]
    if current:
        return f"En ce moment : {counts.enumeration(current)}"
    begun = max((rank for rank, step in enumerate(phases, start=1) if step.state == "done"), default=0)
    coming = next((step for step in phases[begun:] + phases if step.state == "next"), None)
    if coming:
        return f"Prochaine étape : {coming.title.lower()}, {coming.when}"
    return "Toutes les étapes sont terminées" if phases else ""


def _dates(phase: Phase) -> str:
    """The dates; a phase opened or closed by hand says no date that would be belied."""
    if phase.control == PhaseControl.OPEN:
        return f"jusqu'au {dates.day(phase.closes_on)}" if phase.closes_on and phase.closes_on >= clock.today() else ""
    if phase.control == PhaseControl.CLOSED and phase.opens_on is None:
        return "dates à venir"
    if phase.control == PhaseControl.CLOSED and phase.closes_on and phase.closes_on >= clock.today():
        return ""
    return dates.period(phase.opens_on, phase.closes_on)
