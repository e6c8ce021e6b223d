"""Which meetings a visitor asked for: one filter for the list, the map and the feeds."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from django.db.models import Exists, OuterRef, Q, QuerySet

from parvis.consultations.models import ConsultationAddress
from parvis.core import clock
from parvis.core.text import fold
from parvis.gathering.public.search import said_with
from parvis.insight.stems import stems
from parvis.meetings.models import Meeting, Minutes
from parvis.meetings.rules import readable_meetings, readable_minutes
from parvis.territories.models import TerritoryAncestry

When = Literal["", "a-venir", "passees"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What was asked. An empty value asks nothing."""

    text: str = ""
    territory: str = ""
    theme: str = ""
    consultation: str = ""
    kind: str = ""
    when: When = ""
    since: datetime.date | None = None
    until: datetime.date | None = None

    @property
    def any(self) -> bool:
        """Whether the visitor narrowed the list."""
        return self != Filters()


def filtered_meetings(filters: Filters, *, anywhere: bool = False) -> QuerySet[Meeting]:
    """The meetings that anyone may read and that answer `filters`, unordered. `anywhere` leaves the territory out."""
    asked = readable_meetings(None)
    if filters.territory and not anywhere:
        below = TerritoryAncestry.objects.filter(ancestor__code=filters.territory).order_by().values("territory")
        asked &= Q(territory__in=below)
    if filters.theme:
        about = Meeting.themes.through.objects.filter(
            meeting=OuterRef("pk"), theme__slug=filters.theme, theme__audience="public"
        )
        asked &= Q(Exists(about.order_by()))
    if filters.consultation:
        asked &= Q(consultation__slug=filters.consultation) | Q(consultation__in=_formerly(filters.consultation))
    if filters.kind:
        asked &= Q(kind=filters.kind)
    asked &= _dates(filters)
    if filters.text:
        asked &= _tells(filters.text)
    return Meeting.objects.filter(asked).order_by()


def _formerly(slug: str) -> QuerySet[ConsultationAddress, int]:
    """Whose address this was: a calendar goes on asking for the one it subscribed to."""
    return ConsultationAddress.objects.filter(slug=slug).order_by().values_list("consultation_id", flat=True)


def _dates(filters: Filters) -> Q:
    asked = Q()
    if filters.when == "a-venir":
        asked &= Q(starts_at__gte=clock.now())
    elif filters.when == "passees":
        asked &= Q(starts_at__lt=clock.now())
    if filters.since:
        asked &= Q(starts_at__date__gte=filters.since)
    if filters.until:
        asked &= Q(starts_at__date__lte=filters.until)
    return asked


def _tells(text: str) -> Q:
    """All the words, in any order, in what announces the meeting, or in one contribution that was said there.

    The contribution is asked of the same rule as its own page: what is hidden, erased, reserved or under embargo is
    not found either.
    """
    announced = Q(pk__in=[])
    words = fold(text).split()
    if words:
        announced = Q(*(Q(search_key__contains=word) for word in words))
    minutes = Minutes.objects.filter(readable_minutes(None), meetings=OuterRef(OuterRef("pk"))).order_by()
    said = said_with(tuple((stem,) for stem in stems(text))).filter(minutes__in=minutes.values("pk"))
    return announced | Q(Exists(said))
