"""The workshops that an invited partner may come to, with what she said of each."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.consultations.models import Participant
from parvis.core import clock
from parvis.gathering import local_time
from parvis.meetings.enums import MeetingKind, Presence
from parvis.meetings.models import Attendance, Meeting
from parvis.meetings.rules import meetings_for_partner


@dataclass(frozen=True, slots=True)
class PartnerMeeting:
    """A workshop. `answer` is empty while she said nothing; `open`: she may still say."""

    code: str
    title: str
    when: str
    place: str
    address: str
    introduction: str
    themes: tuple[str, ...]
    cancelled: bool
    open: bool
    answer: str

    @property
    def comes(self) -> bool:
        return self.answer == Presence.REGISTERED

    @property
    def excused(self) -> bool:
        return self.answer == Presence.EXCUSED


@dataclass(frozen=True, slots=True)
class PartnerMeetings:
    """Those to come, the nearest first; those past, the latest first."""

    coming: tuple[PartnerMeeting, ...]
    past: tuple[PartnerMeeting, ...]


def gather_partner_meetings(participant: Participant) -> PartnerMeetings:
    """Three queries."""
    now = clock.now()
    answers = dict(
        Attendance.objects.filter(contact=participant.contact_id, contact__isnull=False)
        .order_by()
        .values_list("meeting_id", "presence")
    )
    workshops = Meeting.objects.filter(meetings_for_partner(participant), kind=MeetingKind.WORKSHOP)
    rows = list(workshops.prefetch_related("themes").order_by("starts_at", "pk"))
    shown = [(row.starts_at > now, _shown(row, answers.get(row.pk, ""), row.starts_at > now)) for row in rows]
    return PartnerMeetings(
        coming=tuple(meeting for ahead, meeting in shown if ahead),
        past=tuple(meeting for ahead, meeting in reversed(shown) if not ahead),
    )


def _shown(meeting: Meeting, presence: str, ahead: bool) -> PartnerMeeting:
    return PartnerMeeting(
        code=meeting.code,
        title=meeting.title,
        when=local_time.span(meeting.starts_at, meeting.ends_at),
        place=meeting.place,
        address=meeting.address,
        introduction=meeting.introduction,
        themes=tuple(theme.name for theme in meeting.themes.all()),
        cancelled=meeting.cancelled_at is not None,
        open=ahead and meeting.cancelled_at is None and presence not in (Presence.PRESENT, Presence.ABSENT),
        answer=presence if presence != Presence.INVITED else "",
    )
