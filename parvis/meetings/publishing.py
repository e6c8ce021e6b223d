"""What meetings publish, as `publishing.registry` knows it: meetings, paragraphs of minutes, minutes."""

from __future__ import annotations

from parvis.meetings import rules
from parvis.meetings.content import paragraph_reference, read_minutes
from parvis.meetings.models import Meeting, Minutes
from parvis.meetings.operations.finish_minutes import changed_since, check_finished, check_step
from parvis.meetings.operations.moderate_meeting import hide_meeting, restore_meeting
from parvis.people.models import User
from parvis.publishing.kinds.consultation import public_state
from parvis.publishing.models import EditionLine
from parvis.publishing.operations.hide_line import hide_line, restore_line
from parvis.publishing.registry import Moderated, Moderation, Preparation, PublishedKind, Readable
from parvis.publishing.targets import around


def _readable_meeting(code: str) -> Readable | None:
    found = Meeting.objects.filter(rules.readable_meetings(None), code=code).select_related("consultation").first()
    return Readable(found.consultation, code, code, found.title) if found is not None else None


def _moderated_meeting(actor: User, code: str) -> Meeting | None:
    allowed = Meeting.objects.filter(rules.moderated_meetings(actor), code=code)
    return allowed.select_related("consultation").first()


def _describe_meeting(meeting: Meeting) -> Moderated:
    hidden = meeting.hidden_at is not None
    return Moderated(
        consultation=meeting.consultation,
        code=meeting.code,
        place=meeting.code,
        title=meeting.title,
        paragraphs=(meeting.introduction,) if meeting.introduction else (),
        state=public_state(hidden),
        hidden=hidden,
    )


def _paragraph(code: str) -> EditionLine | None:
    """The paragraph as the last edition that holds it has it."""
    lines = EditionLine.objects.filter(reference=paragraph_reference(code))
    return lines.select_related("edition__consultation").order_by("-edition__number").first()


def _minutes_code(line: EditionLine) -> str:
    return line.edition.subject.partition(":")[2]


def _readable_paragraph(code: str) -> Readable | None:
    line = _paragraph(code)
    if line is None or line.hidden_at is not None or line.content is None:
        return None
    if not Minutes.objects.filter(rules.readable_minutes(None), code=_minutes_code(line)).exists():
        return None
    return Readable(line.edition.consultation, code, _first_meeting(line), line.content["text"])


def _moderated_paragraph(actor: User, code: str) -> EditionLine | None:
    line = _paragraph(code)
    if line is None or not Minutes.objects.filter(rules.moderated_minutes(actor), code=_minutes_code(line)).exists():
        return None
    return line


def _describe_paragraph(line: EditionLine) -> Moderated:
    above, below = around(line)
    hidden = line.hidden_at is not None
    return Moderated(
        consultation=line.edition.consultation,
        code=line.reference.partition(":")[2],
        place=_first_meeting(line),
        title=f"Introduction de « {line.edition.header['title']} »",
        paragraphs=((line.content or {}).get("text", ""),),
        state=public_state(hidden),
        hidden=hidden,
        erased=line.content is None,
        above=above,
        below=below,
    )


def _first_meeting(line: EditionLine) -> str:
    """The code of the meeting on whose page it is read: minutes cover at least one."""
    code: str = line.edition.header["meetings"][0]["code"]
    return code


MEETING = PublishedKind(
    name="meeting",
    label="Rencontre",
    spoken="la rencontre",
    moderation=Moderation(
        readable=_readable_meeting,
        moderated=_moderated_meeting,
        describe=_describe_meeting,
        hide=lambda actor, meeting, reason: hide_meeting(actor, meeting, reason=reason),
        restore=restore_meeting,
    ),
)
PARAGRAPH = PublishedKind(
    name="paragraph",
    label="Passage du compte-rendu",
    spoken="le passage du compte-rendu",
    moderation=Moderation(
        readable=_readable_paragraph,
        moderated=_moderated_paragraph,
        describe=_describe_paragraph,
        hide=lambda actor, line, reason: hide_line(actor, line, reason=reason),
        restore=restore_line,
    ),
)
MINUTES = PublishedKind(
    name="minutes",
    label="Compte-rendu",
    spoken="le compte-rendu",
    preparation=Preparation(
        read=read_minutes,
        build=lambda content: content,
        check=check_finished,
        check_step=check_step,
        changed_since=changed_since,
    ),
)
