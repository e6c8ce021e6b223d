"""What the minutes publish: their lines in reading order, numbered, and the header of their edition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from parvis.french.kinds import KIND_ORDER
from parvis.meetings.enums import LinePlace, MinutesRole
from parvis.meetings.models import Meeting, Minutes, MinutesLine
from parvis.publishing.content import Content, FrozenLine


def lines_in_reading_order(minutes: Minutes) -> list[MinutesLine]:
    """What will be read: introduction, then themes in order of appearance, each défis, atouts, propositions."""
    lines = list(
        minutes.lines.exclude(place=LinePlace.ASIDE).select_related("theme", "contribution").order_by("position", "id")
    )
    themes: dict[int | None, int] = {}
    for line in lines:
        if line.place == LinePlace.ITEM:
            themes.setdefault(line.theme_id, len(themes))

    def order(line: MinutesLine) -> tuple[int, int, int]:
        if line.place == LinePlace.INTRODUCTION:
            return (-1, 0, line.position)
        return (themes[line.theme_id], KIND_ORDER.index(line.kind), line.position)

    return sorted(lines, key=order)


def numbered(lines: Sequence[MinutesLine]) -> list[tuple[MinutesLine, int | None]]:
    """Each line with its number within its theme and kind. Conclusions and paragraphs bear none."""
    counts: dict[tuple[int | None, str], int] = {}
    result: list[tuple[MinutesLine, int | None]] = []
    for line in lines:
        if line.place == LinePlace.INTRODUCTION or line.conclusion:
            result.append((line, None))
            continue
        key = (line.theme_id, line.kind)
        counts[key] = counts.get(key, 0) + 1
        result.append((line, counts[key]))
    return result


def read_minutes(minutes: Minutes) -> Content:
    """What an edition would freeze of these minutes now: their rows, already in the shape that is published.

    An item that was never published has no contribution, so no name yet: it gets both in the publishing transaction.
    """
    lines = numbered(lines_in_reading_order(minutes))
    return Content(edition_header(minutes), tuple(_frozen(line, number) for line, number in lines))


def edition_header(minutes: Minutes) -> dict[str, Any]:
    """What the edition's hash covers beside its lines."""
    meetings = minutes.meetings.select_related("territory").order_by("starts_at", "id")
    return {
        "title": minutes.title,
        "minutes": minutes.code,
        "meetings": [_meeting_header(meeting) for meeting in meetings],
    }


def paragraph_reference(line_code: str) -> str:
    """The name of a paragraph of introduction among the lines of an edition."""
    return f"line:{line_code}"


def _frozen(line: MinutesLine, number: int | None) -> FrozenLine:
    if line.place == LinePlace.INTRODUCTION:
        return FrozenLine(MinutesRole.INTRODUCTION, paragraph_reference(line.code), {"text": line.text})
    name = line.contribution.journal_name if line.contribution is not None else ""
    return FrozenLine(MinutesRole.ITEM, name, _item_content(line, number))


def _item_content(line: MinutesLine, number: int | None) -> dict[str, Any]:
    theme = line.theme
    return {
        "theme": theme.code if theme else "",
        "theme_name": theme.name if theme else "",
        "kind": line.kind,
        "number": number,
        "text": line.text,
        "details": line.details,
        "conclusion": line.conclusion,
    } | _of_the_board(line)


def _of_the_board(line: MinutesLine) -> dict[str, Any]:
    """What a workshop's board adds to a line: its family and the dots, when it has any."""
    family = {"family": line.family, "family_dots": line.family_dots} if line.family else {}
    return family | ({"dots": line.dots} if line.dots else {})


def _meeting_header(meeting: Meeting) -> dict[str, Any]:
    return {
        "code": meeting.code,
        "title": meeting.title,
        "kind": meeting.kind,
        "starts_at": meeting.starts_at.isoformat(),
        "ends_at": meeting.ends_at.isoformat() if meeting.ends_at else None,
        "place": meeting.place,
        "territory": meeting.territory.name,
        "people": meeting.people_count,
        "organisations": meeting.organisation_count,
    }
