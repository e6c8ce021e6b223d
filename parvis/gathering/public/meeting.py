"""One rencontre as anyone may read it: when, where, its report."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from parvis.consultations.enums import Audience
from parvis.consultations.models import Consultation, Theme
from parvis.core import clock
from parvis.core.statements import statement
from parvis.documents.report import Report
from parvis.french import counts
from parvis.gathering import local_time
from parvis.gathering.glossary import Glossary, glossary_of
from parvis.gathering.reports.published import edition_report
from parvis.meetings.enums import MeetingKind
from parvis.meetings.models import Meeting
from parvis.meetings.rules import readable_meetings

_KINDS: dict[str, str] = dict(MeetingKind.choices)
_FOR_WHOM: dict[str, str] = {
    MeetingKind.WORKSHOP: "Pour les partenaires de la concertation",
    MeetingKind.TECHNICAL_COMMITTEE: "Pour les membres du comité technique",
    MeetingKind.STEERING_COMMITTEE: "Pour les membres du comité de pilotage",
    MeetingKind.PUBLIC_MEETING: "Ouverte à toutes et à tous",
    MeetingKind.DOORSTEP: "Pour les habitants du quartier",
    MeetingKind.PARENTS_CAFE: "Pour les parents",
}
"""What the kind itself says of who may come; the presentation of the meeting says the rest."""


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """Everything the page of a rencontre says."""

    code: str
    title: str
    kind: str
    when: str
    starts_at: str
    place: str
    address: str
    territory: str
    territory_code: str
    attendance: str
    for_whom: str
    introduction: tuple[str, ...]
    themes: tuple[str, ...]
    consultation: str
    consultation_slug: str
    contact: str
    cancelled: bool
    past: bool
    report: Report | None
    also_told: tuple[tuple[str, str], ...]
    glossary: Glossary

    @property
    def preview_text(self) -> str:
        """What its link shows where it is passed on."""
        return " · ".join(filter(None, (self.kind, self.when, self.place, self.attendance)))


def readable_meeting(code: str) -> Meeting | None:
    """The meeting, with its consultation and territory, if anyone may read it. One query."""
    readable = Meeting.objects.filter(readable_meetings(None), code=code).order_by()
    return readable.select_related("consultation", "territory").first()


def meeting_page(code: str, *, edition: int | None = None) -> MeetingPage | None:
    """The page of a meeting, or None when not everyone may read it, or when it has no such edition.

    Six queries, whatever the length of the report (seven when a line was erased).
    """
    meeting = next((_Facts(*row) for row in _readable_facts(code)), None)
    if meeting is None:
        return None
    themes = _public_themes(meeting.id, meeting.consultation_id)
    report = edition_report(
        meeting.id,
        meeting.consultation,
        meeting.authority,
        public_themes={code for code, *_ in themes},
        number=edition,
    )
    if edition is not None and report is None:
        return None
    return _page(meeting, [name for _, name, about in themes if about], report)


class _Facts(NamedTuple):
    id: int
    code: str
    title: str
    kind: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime | None
    place: str
    address: str
    introduction: str
    people_count: int | None
    organisation_count: int | None
    cancelled_at: datetime.datetime | None
    territory: str
    territory_code: str
    consultation_id: int
    consultation: str
    consultation_slug: str
    authority: str
    contact: str
    glossary_territory: int


@statement(Meeting._meta.get_field("code"))
def _readable_facts(code: str) -> QuerySet[Any, Any]:
    return (
        Meeting.objects.filter(readable_meetings(None), code=code)
        .order_by()
        .values_list(
            *_Facts._fields[:12],
            "territory__name",
            "territory__code",
            "consultation_id",
            "consultation__title",
            "consultation__slug",
            "consultation__authority",
            "consultation__contact_email",
            "consultation__territory_id",
        )
    )


@statement(Meeting._meta.get_field("id"), Consultation._meta.get_field("id"))
def _public_themes(meeting_id: int, consultation_id: int) -> QuerySet[Any, Any]:
    """Code and name of each public theme of the consultation, and whether the meeting is about it."""
    through = Meeting.themes.through.objects.filter(meeting=meeting_id, theme=OuterRef("pk")).order_by()
    themes = Theme.objects.filter(consultation=consultation_id, audience=Audience.PUBLIC).order_by("position", "id")
    return themes.values_list("code", "name", Exists(through))


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text typed in a form: parted by empty lines, or by line ends."""
    return tuple(part.strip() for part in text.splitlines() if part.strip())


def _page(meeting: _Facts, themes: Iterable[str], report: Report | None) -> MeetingPage:
    return MeetingPage(
        code=meeting.code,
        title=meeting.title,
        kind=_KINDS[meeting.kind],
        when=local_time.span(meeting.starts_at, meeting.ends_at),
        starts_at=local_time.local(meeting.starts_at).isoformat(),
        place=meeting.place,
        address=meeting.address,
        territory=meeting.territory,
        territory_code=meeting.territory_code,
        for_whom=_FOR_WHOM.get(meeting.kind, ""),
        attendance=counts.attendance(meeting.people_count, meeting.organisation_count),
        introduction=paragraphs(meeting.introduction),
        themes=tuple(themes),
        consultation=meeting.consultation,
        consultation_slug=meeting.consultation_slug,
        contact=meeting.contact,
        cancelled=meeting.cancelled_at is not None,
        past=(meeting.ends_at or meeting.starts_at) < clock.now(),
        report=report,
        also_told=tuple((other.code, other.title) for other in report.meetings if other.code != meeting.code)
        if report
        else (),
        glossary=glossary_of(meeting.glossary_territory),
    )
