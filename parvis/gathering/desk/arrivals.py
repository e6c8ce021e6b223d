"""Who came in by a link that anyone may hand on: when, for which organisation, whether they count."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, QuerySet

from parvis.consultations.enums import InvitationKind, Standing
from parvis.consultations.models import Consultation, Invitation, Participant
from parvis.consultations.operations.decide_arrivals import ArrivalChoice, arrivals_of
from parvis.french import dates
from parvis.gathering import local_time
from parvis.sheets.models import Opinion
from parvis.sheets.rules import NOT_HIDDEN

MOST_PEOPLE: Final = 50
"""How many people of one organisation are shown; the gestures are about all of them."""
_MOST_PERIODS: Final = 24
_STEPS: Final = tuple(datetime.timedelta(minutes=minutes) for minutes in (5, 15, 60, 24 * 60))


@dataclass(frozen=True, slots=True)
class SharedLink:
    """An invitation by which several people came in, or could. `open`: it still lets people in."""

    code: str
    label: str
    people: int
    open: bool


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time in which people came in. `share`: of the busiest one, between 0 and 100."""

    since: datetime.datetime
    before: datetime.datetime
    label: str
    people: int
    organisations: int
    share: int


@dataclass(frozen=True, slots=True)
class ArrivedPerson:
    """Someone: when she came in, by which link, on how many sheets she gave an opinion."""

    code: str
    at: datetime.datetime
    link: str
    opinions: int


@dataclass(frozen=True, slots=True)
class ArrivedHouse:
    """The organisation that people said was theirs. `people`: the last to come, `MOST_PEOPLE` at most."""

    code: str
    name: str
    count: int
    opinions: int
    people: tuple[ArrivedPerson, ...]


@dataclass(frozen=True, slots=True)
class Arrivals:
    """`counts`: all of each standing. The rest is about those chosen, the last of whom came at `last_at`."""

    counts: dict[str, int]
    total: int
    opinions: int
    since: datetime.datetime | None
    periods: tuple[Period, ...]
    houses: tuple[ArrivedHouse, ...]
    last_at: datetime.datetime | None


def gather_arrivals(consultation: Consultation, choice: ArrivalChoice, links: Sequence[SharedLink]) -> Arrivals:
    """Three queries, whatever the rush. For the project team."""
    counts: Counter[str] = Counter(dict.fromkeys(Standing.values, 0))
    everyone = arrivals_of(consultation, ArrivalChoice())
    counts.update(dict(everyone.order_by().values_list("standing").annotate(count=Count("pk"))))
    chosen = arrivals_of(consultation, choice)
    opinions = _opinions(chosen)
    rows = list(chosen.select_related("organisation", "came_by").order_by("created_at", "pk"))
    return Arrivals(
        counts=dict(counts),
        total=len(rows),
        opinions=sum(opinions.values()),
        since=rows[0].created_at if rows else None,
        periods=_periods(rows),
        houses=_houses(rows, opinions, {link.code: link.label for link in links}),
        last_at=rows[-1].created_at if rows else None,
    )


def _opinions(chosen: QuerySet[Participant]) -> dict[int, int]:
    given = Opinion.objects.filter(NOT_HIDDEN, participant__in=chosen.order_by().values("pk")).exclude(value="")
    return dict(given.order_by().values_list("participant").annotate(count=Count("pk")))


def shared_links(consultation: Consultation) -> tuple[SharedLink, ...]:
    """The open links, then those of organisations that brought someone in. One query."""
    shared = Invitation.objects.filter(consultation=consultation).exclude(kind=InvitationKind.CONTACT)
    rows = shared.annotate(people=Count("participants")).filter(Q(kind=InvitationKind.OPEN) | Q(people__gt=0))
    return tuple(
        SharedLink(row.code, _label(row), row.people, row.revoked_at is None)
        for row in rows.select_related("organisation").order_by("-kind", "pk")
    )


def _label(link: Invitation) -> str:
    if link.organisation is not None:
        return f"Lien de {link.organisation.name}"
    return f"Lien ouvert du {local_time.local_day(link.created_at)}"


def _periods(rows: Sequence[Participant]) -> tuple[Period, ...]:
    """The finest cut of time that is read at a glance; nothing when all came at once."""
    for step in _STEPS:
        groups: dict[datetime.datetime, list[Participant]] = defaultdict(list)
        for row in rows:
            groups[_start(row.created_at, step)].append(row)
        if len(groups) <= _MOST_PERIODS:
            break
    busiest = max((len(group) for group in groups.values()), default=0)
    return tuple(
        Period(
            since=since,
            before=since + step,
            label=_when(since, step),
            people=len(group),
            organisations=len({row.organisation_id for row in group}),
            share=max(1, 100 * len(group) // busiest),
        )
        for since, group in sorted(groups.items())[-_MOST_PERIODS:]
    )


def _start(moment: datetime.datetime, step: datetime.timedelta) -> datetime.datetime:
    """The beginning of the stretch it falls in, by the clocks of Paris."""
    local = local_time.local(moment)
    day = local.replace(hour=0, minute=0, second=0, microsecond=0)
    minutes = int(step.total_seconds()) // 60
    if minutes >= 24 * 60:
        return day
    hour, minute = divmod((local.hour * 60 + local.minute) // minutes * minutes, 60)
    return local.replace(hour=hour, minute=minute, second=0, microsecond=0)


def _when(since: datetime.datetime, step: datetime.timedelta) -> str:
    """« 28 novembre 2026, 14 h 05 », the day alone when it is whole."""
    return dates.day(since) if step >= _STEPS[-1] else f"{dates.day(since)}, {dates.hour(since)}"


def _houses(rows: Sequence[Participant], opinions: dict[int, int], labels: dict[str, str]) -> tuple[ArrivedHouse, ...]:
    """Those of whom the most came, first."""
    groups: dict[int, list[Participant]] = defaultdict(list)
    for row in rows:
        if row.organisation_id is not None:
            groups[row.organisation_id].append(row)
    return tuple(
        ArrivedHouse(
            code=group[0].organisation.code if group[0].organisation is not None else "",
            name=str(group[0].organisation),
            count=len(group),
            opinions=sum(opinions.get(row.pk, 0) for row in group),
            people=tuple(
                ArrivedPerson(
                    row.code,
                    row.created_at,
                    labels.get(row.came_by.code, "") if row.came_by is not None else "",
                    opinions.get(row.pk, 0),
                )
                for row in reversed(group[-MOST_PEOPLE:])
            ),
        )
        for group in sorted(groups.values(), key=lambda group: (-len(group), str(group[0].organisation)))
    )
