"""One rencontre as anyone may read it: when, where, what was said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.safestring import SafeString

from parvis.consultations.enums import Audience
from parvis.consultations.models import Theme
from parvis.core import clock
from parvis.gathering import words
from parvis.gathering.draft_report import draft_report
from parvis.gathering.glossary import Glossary, Term, glossary_of
from parvis.gathering.published_report import meeting_report
from parvis.gathering.report import MeetingReport
from parvis.gathering.report_document import to_document
from parvis.meetings.models import Meeting
from parvis.meetings.rules import readable_meetings

__all__ = ["MeetingPage", "draft_report", "meeting_page", "meeting_report", "readable_meeting", "to_document"]


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
    introduction: tuple[SafeString, ...]
    themes: tuple[str, ...]
    consultation: str
    consultation_slug: str
    contact: str
    cancelled: bool
    past: bool
    report: MeetingReport | None
    also_told: tuple[tuple[str, str], ...]
    terms: tuple[Term, ...]


def readable_meeting(code: str) -> Meeting | None:
    """The meeting, with its consultation and territory, if anyone may read it. One query."""
    found = Meeting.objects.filter(readable_meetings(None), code=code).order_by()
    return found.select_related("consultation", "territory").first()


def meeting_page(code: str, *, edition: int | None = None) -> MeetingPage | None:
    """The page of a meeting, or None when not everyone may read it, or when it has no such edition.

    Six queries, whatever the length of the report (seven when a line was erased).
    """
    meeting = readable_meeting(code)
    if meeting is None:
        return None
    public, mine = _themes(meeting)
    glossary = glossary_of(meeting.consultation.territory_id)
    introduction = tuple(glossary.mark(paragraphs(meeting.introduction)))
    report = meeting_report(meeting, number=edition, public_themes=public, glossary=glossary)
    if edition is not None and report is None:
        return None
    return _page(meeting, mine, introduction, report, glossary)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text typed in a form: parted by empty lines, or by line ends."""
    return [part.strip() for part in text.splitlines() if part.strip()]


def _themes(meeting: Meeting) -> tuple[set[str], tuple[str, ...]]:
    """Codes of the public themes of the consultation, and names of those the meeting is about. One query."""
    through = Meeting.themes.through.objects.filter(meeting=meeting.pk, theme=OuterRef("pk")).order_by()
    rows = list(
        Theme.objects.filter(consultation=meeting.consultation_id, audience=Audience.PUBLIC)
        .order_by("position", "id")
        .values_list("code", "name", Exists(through))
    )
    return {code for code, *_ in rows}, tuple(name for _, name, about in rows if about)


def _page(
    meeting: Meeting,
    themes: Iterable[str],
    introduction: tuple[SafeString, ...],
    report: MeetingReport | None,
    glossary: Glossary,
) -> MeetingPage:
    return MeetingPage(
        code=meeting.code,
        title=meeting.title,
        kind=meeting.get_kind_display(),
        when=words.span(meeting.starts_at, meeting.ends_at),
        starts_at=words.local(meeting.starts_at).isoformat(),
        place=meeting.place,
        address=meeting.address,
        territory=meeting.territory.name,
        territory_code=meeting.territory.code,
        attendance=words.attendance(meeting.people_count, meeting.organisation_count),
        introduction=introduction,
        themes=tuple(themes),
        consultation=meeting.consultation.title,
        consultation_slug=meeting.consultation.slug,
        contact=meeting.consultation.contact_email,
        cancelled=meeting.cancelled_at is not None,
        past=(meeting.ends_at or meeting.starts_at) < clock.now(),
        report=report,
        also_told=tuple((each.code, each.title) for each in report.meetings if each.code != meeting.code)
        if report
        else (),
        terms=tuple(glossary.met.values()),
    )
