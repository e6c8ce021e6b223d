"""The thread of a contribution: what was said, where, in which editions, what stands beside it, what became of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from textwrap import shorten
from typing import Any, Literal

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Substr

from parvis.consultations.enums import ContributionState
from parvis.consultations.models import Consultation, Contribution
from parvis.french.kinds import KINDS
from parvis.gathering.glossary import Glossary, glossary_of
from parvis.gathering.local_time import local_day
from parvis.meetings.enums import MinutesRole
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
class Beside:
    """Another contribution that one may go on to."""

    code: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Thread:
    """A contribution as anyone may read it. `meetings` are (code, title, day). `previous`, `next`: in the report."""

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
    previous: Beside | None
    next: Beside | None
    same_theme: tuple[Beside, ...]
    glossary: Glossary

    @property
    def kind_word(self) -> str:
        return KINDS[self.kind].one

    @property
    def preview_title(self) -> str:
        """The words, as a link shows them where it is passed on."""
        return shorten(self.text, _PREVIEW, placeholder=" …")

    @property
    def preview_text(self) -> str:
        """What they are and where they were said."""
        where = [f"{title}, {day}" for _, title, day in self.meetings[:1]] or [self.consultation]
        return f"{self.kind_word} · {self.theme} · {where[0]}"


@dataclass(frozen=True, slots=True)
class Gone:
    """A contribution that was public and no longer is: why, and whom to ask. Not one of its words."""

    reason: Literal["hidden", "withdrawn", "erased"]
    consultation: str
    consultation_slug: str
    contact: str


_SAME_THEME = 5
_PREVIEW = 120
"""Characters of a title that others show whole."""
_REFERENCE = "contribution:"
_TELLS = ("theme", "kind", "text", "details", "conclusion")
"""What an edition says of a contribution itself; its number and its dots are of the report."""
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
    lines = _lines(row)
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
            (code, title, local_day(starts))
            for code, title, starts in meetings.order_by("starts_at", "id").values_list("code", "title", "starts_at")
        ),
        fates=_fates(lines),
        previous=_neighbour(lines, -1),
        next=_neighbour(lines, 1),
        same_theme=_same_theme(row),
        glossary=glossary_of(row.consultation.territory_id),
    )


_Line = tuple[int, int, datetime.datetime, str, str, int, dict[str, Any] | None]
"""Edition, its number, its moment, what changed, its subject; place in it, and what it says there."""


def _lines(row: Contribution) -> list[_Line]:
    """Its lines in the editions that hold it, oldest first."""
    lines = EditionLine.objects.filter(reference=row.journal_name).order_by("edition__published_at", "edition_id")
    columns = ("edition", "edition__number", "edition__published_at", "edition__note", "edition__subject")
    return list(lines.values_list(*columns, "position", "content"))


def _fates(lines: list[_Line]) -> tuple[Fate, ...]:
    """The edition that published it, then those that say it otherwise: the others only say it again."""
    fates: list[Fate] = []
    last: dict[str, tuple[Any, ...]] = {}
    for _, number, published_at, note, subject, _, content in lines:
        told = tuple((content or {}).get(name) for name in _TELLS)
        if subject not in last:
            fates.append(Fate(local_day(published_at), f"Publiée dans l'édition {number} du compte-rendu"))
        elif content is not None and told != last[subject]:
            fates.append(Fate(local_day(published_at), f"Corrigée dans l'édition {number} du compte-rendu", note))
        if content is not None or subject not in last:
            last[subject] = told
    return tuple(fates)


def _neighbour(lines: list[_Line], step: Literal[-1, 1]) -> Beside | None:
    """The contribution just before or after it in the last edition, of those that anyone may read. One query."""
    if not lines:
        return None
    edition, *_, position, _ = lines[-1]
    after = step > 0
    readable = Contribution.objects.filter(
        readable_contributions(), code=Substr(OuterRef("reference"), len(_REFERENCE) + 1)
    )
    beyond = {"position__gt" if after else "position__lt": position}
    others = EditionLine.objects.filter(
        Exists(readable.order_by()), edition=edition, role=MinutesRole.ITEM, hidden_at=None, **beyond
    ).order_by("position" if after else "-position")
    other = others.values_list("reference", "content").first()
    if other is None or other[1] is None:
        return None
    return Beside(other[0].removeprefix(_REFERENCE), other[1]["kind"], other[1]["text"])


def _same_theme(row: Contribution) -> tuple[Beside, ...]:
    """Others of its theme, the last said first. One query."""
    others = Contribution.objects.filter(readable_contributions(), theme=row.theme).exclude(pk=row.pk)
    some = others.order_by("-pk").values_list("code", "kind", "text")[:_SAME_THEME]
    return tuple(Beside(*other) for other in some)


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
