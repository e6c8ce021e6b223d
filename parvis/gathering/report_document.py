"""From the content of a report to the frozen values that every file is made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from parvis.documents.report import Report, ReportItem, ReportKind, ReportTheme
from parvis.gathering import words
from parvis.gathering.report import Entry, FamilyGroup, MeetingReport


def to_document(report: MeetingReport, *, url: str, thread_url: Callable[[str], str] | None = None) -> Report:
    """The document of `report`. `url` is where it is read; `thread_url` gives the address of a contribution's thread.

    Hidden lines keep their number and digest, never their words: they are not in `report` to begin with.
    """
    meetings = report.meetings
    return Report(
        title=report.title,
        consultation=report.consultation,
        territory=words.enumeration(_once(meeting.territory for meeting in meetings)),
        meeting_kind=words.enumeration(_once(meeting.kind for meeting in meetings)),
        when=" ; ".join(meeting.when for meeting in meetings),
        where=" ; ".join(_once(meeting.where for meeting in meetings)),
        attendance=" ; ".join(meeting.attendance for meeting in meetings if meeting.attendance),
        introduction=tuple(paragraph.text for paragraph in report.introduction),
        themes=tuple(
            ReportTheme(
                theme.name,
                theme.anchor,
                tuple(
                    ReportKind(
                        section.kind,
                        section.label,
                        tuple(
                            _item(section.kind, entry, thread_url, family)
                            for family in section.families
                            for entry in family.entries
                        ),
                    )
                    for section in theme.kinds
                ),
            )
            for theme in report.themes
        ),
        edition_number=report.number,
        edition_note=report.note,
        published_on=words.local(report.published_at).date(),
        digest=report.digest,
        url=url,
        authority=report.authority,
        draft=report.draft,
        previous_notes=tuple(
            (each.number, words.local(each.published_at).date(), each.note)
            for each in reversed(report.editions)
            if each.number < report.number
        ),
    )


def _item(kind: str, entry: Entry, thread_url: Callable[[str], str] | None, family: FamilyGroup) -> ReportItem:
    line = entry.line
    return ReportItem(
        code=entry.code,
        kind=kind,
        number=entry.number_text or None,
        text=line.text,
        children=line.details,
        conclusion=line.conclusion,
        hidden=entry.hidden,
        url=thread_url(entry.code) if thread_url and not entry.hidden else None,
        digest=line.digest,
        salt=line.salt,
        family=f"{family.title} · {family.dots}" if family.dots else family.title,
        dots=line.dots,
    )


def _once(values: Iterable[str]) -> list[str]:
    """The non-empty ones, each once, in order."""
    return list(dict.fromkeys(value for value in values if value))
