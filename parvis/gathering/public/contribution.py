"""The thread of a contribution: what was said, where, in which editions, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.db.models import Q

from parvis.consultations.enums import ContributionState
from parvis.consultations.models import Consultation, Contribution
from parvis.gathering import local_time
from parvis.gathering.glossary import Glossary, glossary_of
from parvis.meetings.models import Meeting
from parvis.meetings.rules import published_contributions, readable_meetings
from parvis.publishing.models import EditionLine
from parvis.publishing.rules import readable_contributions


@dataclass(frozen=True, slots=True)
class Fate:
    """One thing that happened to a contribution, in words."""

    day: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """A contribution as anyone may read it. `meetings` are (code, title, day)."""

    code: str
    kind: str
    theme: str
    text: str
    details: tuple[str, ...]
    conclusion: bool
    origin: str
    territory: str
    consultation: str
    consultation_slug: str
    contact: str
    meetings: tuple[tuple[str, str, str], ...]
    fates: tuple[Fate, ...]
    glossary: Glossary


@dataclass(frozen=True, slots=True)
class Gone:
    """A contribution that was public and no longer is: why, and whom to ask. Not one of its words."""

    reason: Literal["hidden", "withdrawn", "erased"]
    consultation: str
    consultation_slug: str
    contact: str


_ORIGINS = {
    "workshop": "Dit en atelier",
    "invited": "Écrit par un partenaire invité",
    "online": "Écrit en ligne",
    "paper": "Écrit sur papier",
    "mediator": "Recueilli avec un médiateur",
    "imported": "Lu dans le compte-rendu de la rencontre",
}


def contribution_thread(code: str) -> Thread | Gone | None:
    """The thread; `Gone` when it was public once; None when it never was, or hangs from what is not public."""
    readable = Contribution.objects.filter(readable_contributions(), code=code).order_by()
    row = readable.select_related("theme", "consultation", "territory").first()
    return _gone(code) if row is None else _thread(row)


def _thread(row: Contribution) -> Thread:
    meetings = Meeting.objects.filter(readable_meetings(None), minutes__contributions=row.pk).distinct()
    return Thread(
        code=row.code,
        kind=row.kind,
        theme=row.theme.name,
        text=row.text,
        details=tuple(row.details),
        conclusion=row.conclusion,
        origin=_ORIGINS[row.origin],
        territory=row.territory.name if row.territory else "",
        consultation=row.consultation.title,
        consultation_slug=row.consultation.slug,
        contact=row.consultation.contact_email,
        meetings=tuple(
            (code, title, local_time.local_day(starts))
            for code, title, starts in meetings.order_by("starts_at", "id").values_list("code", "title", "starts_at")
        ),
        fates=_fates(row),
        glossary=glossary_of(row.consultation.territory_id),
    )


def _fates(row: Contribution) -> tuple[Fate, ...]:
    """Each edition that holds it, oldest first."""
    lines = EditionLine.objects.filter(reference=row.journal_name).order_by("edition__published_at", "edition_id")
    editions = lines.values_list("edition__number", "edition__published_at", "edition__note")
    return tuple(
        Fate(local_time.local_day(at), f"Publiée dans l'édition {number} du compte-rendu", note)
        for number, at, note in editions
    )


def _gone(code: str) -> Gone | None:
    states = Q(state__in=(ContributionState.HIDDEN, ContributionState.WITHDRAWN))
    gone = Contribution.objects.filter(published_contributions(), states, code=code).order_by()
    row = gone.values_list("state", "erased_at", "consultation_id").first()
    if row is None:
        return None
    state, erased_at, consultation_id = row
    consultation = Consultation.objects.get(pk=consultation_id)
    reason: Literal["hidden", "withdrawn", "erased"] = (
        "erased" if erased_at else "hidden" if state == ContributionState.HIDDEN else "withdrawn"
    )
    return Gone(reason, consultation.title, consultation.slug, consultation.contact_email)
