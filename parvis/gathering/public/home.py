"""The first page: what people said, what was heard in figures, the next occasion to speak, where it all stands."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Max, Q, Sum
from django.db.models.functions import Length

from parvis.consultations.models import Consultation, Contribution
from parvis.consultations.rules import readable_consultations
from parvis.core import clock
from parvis.french import counts
from parvis.french.kinds import KINDS
from parvis.gathering.public.consultation import phase_steps, where_we_are
from parvis.gathering.public.meeting_filters import Filters
from parvis.gathering.public.meeting_list import Row, make_rows, meeting_rows
from parvis.meetings.models import Meeting
from parvis.meetings.rules import readable_meetings
from parvis.publishing.rules import readable_contributions

SHOWN = 3
_SHORT = 160
"""Characters of words that are read at a glance."""
_TOLD = ("challenge", "strength", "proposal")
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
class Words:
    """What someone said, word for word."""

    code: str
    kind: str
    theme: str
    text: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """`words`: the last that were said, one of each kind. `heard`, `met`: figures, in words."""

    words: tuple[Words, ...]
    heard: str
    met: str
    consultations: tuple[ConsultationCard, ...]
    to_come: tuple[Row, ...]
    past: tuple[Row, ...]


def home_page() -> HomePage:
    """Nine queries, whatever there is."""
    consultations = (
        Consultation.objects.filter(readable_consultations(None))
        .select_related("territory")
        .prefetch_related("phases")
        .order_by("-created_at", "-id")[:MOST_CONSULTATIONS]
    )
    to_come = meeting_rows(Filters(when="a-venir"), 0, SHOWN)
    past = meeting_rows(Filters(when="passees"), 0, SHOWN)
    made = make_rows(to_come + past)
    heard, words = _said()
    return HomePage(
        words=words,
        heard=heard,
        met=_met(),
        consultations=tuple(
            ConsultationCard(
                row.slug, row.title, row.territory.name, row.authority, where_we_are(phase_steps(row.phases.all()))
            )
            for row in consultations
        ),
        to_come=made[: len(to_come)],
        past=made[len(to_come) :],
    )


def _said() -> tuple[str, tuple[Words, ...]]:
    """How many contributions of each kind, and the last short one of each, of as many themes. Two queries."""
    readable = Contribution.objects.filter(readable_contributions()).order_by()
    short = Q(size__lte=_SHORT, conclusion=False)
    by_theme = readable.annotate(size=Length("text")).values_list("kind", "theme")
    rows = list(by_theme.annotate(count=Count("pk"), last=Max("pk", filter=short)))
    chosen = _of_several_themes([(kind, theme, last) for kind, theme, _, last in rows if last is not None])
    words = {
        row[1]: Words(*row) for row in readable.filter(pk__in=chosen).values_list("code", "kind", "theme__name", "text")
    }
    totals = {kind: sum(row[2] for row in rows if row[0] == kind) for kind in KINDS}
    heard = [counts.plural(count, *KINDS[kind].counted) for kind, count in totals.items() if count]
    return counts.enumeration(heard), tuple(words[kind] for kind in _TOLD if kind in words)


def _of_several_themes(last: list[tuple[str, int, int]]) -> list[int]:
    """Of each kind the last that was said, on a theme that no other of them speaks of where there is one.

    `last`: kind, theme and key of the last of each kind on each theme.
    """
    themes: set[int] = set()
    chosen = []
    for kind in _TOLD:
        newest = sorted((key, theme) for of_kind, theme, key in last if of_kind == kind)
        if newest:
            key, theme = next((some for some in reversed(newest) if some[1] not in themes), newest[-1])
            themes.add(theme)
            chosen.append(key)
    return chosen


def _met() -> str:
    """« 5 rencontres, 69 personnes ». One query."""
    held = Q(starts_at__lt=clock.now(), cancelled_at=None) & readable_meetings(None)
    total = Meeting.objects.filter(held).order_by().aggregate(meetings=Count("pk"), people=Sum("people_count"))
    parts = [counts.plural(total["meetings"], "rencontre", "rencontres")] if total["meetings"] else []
    if total["people"]:
        parts.append(counts.plural(total["people"], "personne présente", "personnes présentes"))
    return ", ".join(parts)
