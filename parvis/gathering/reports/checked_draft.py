"""The draft as those present read it, and their comments as those who write read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from parvis.consultations.enums import ContributionState
from parvis.consultations.models import Participant
from parvis.french.kinds import KIND_ORDER
from parvis.meetings.models import LineComment, Minutes, MinutesCheck, MinutesLine
from parvis.meetings.operations.checking import said_by, shown_lines


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line, and whether they were there when it was sent: `same`, `added`, `removed`."""

    change: str
    words: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment. `who` is told to the project team only."""

    code: str
    text: str
    answer: str
    who: str
    handled: bool


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """One line. `change`: `same`, `changed` (see `pieces`), `added`, or `removed` since it was sent."""

    code: str
    heading: str
    family: str
    kind: str
    pieces: tuple[Piece, ...]
    change: str
    comments: tuple[Comment, ...]


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """The whole draft. `general`: comments about no line in particular."""

    lines: tuple[CheckedLine, ...]
    general: tuple[Comment, ...]
    waiting: int
    changed: int


def checked_draft(check: MinutesCheck, reader: Participant | None, *, with_names: bool = False) -> CheckedDraft:
    """The draft of `check` with the comments of `reader` alone, or all of them (None: those who write).

    What moderation hid is not shown, not even as it was sent. `with_names` is for the project team.
    """
    comments = _comments(check, reader, with_names)
    hidden = _hidden(check.minutes)
    now = {code: shown for code, shown in _current(check.minutes).items() if code not in hidden}
    rows = [*now, *(code for code in check.shown if code not in now and code not in hidden)]
    lines = tuple(
        _line(code, check.shown.get(code), now.get(code), tuple(comments.get(code, ())))
        for code in sorted(rows, key=lambda code: _rank(now.get(code) or check.shown[code], rows.index(code)))
    )
    every_comment = [comment for of_line in comments.values() for comment in of_line]
    return CheckedDraft(
        lines=_with_headings(lines, now, check),
        general=tuple(comments.get("", ())),
        waiting=sum(not comment.handled for comment in every_comment),
        changed=sum(line.change != "same" for line in lines),
    )


def _current(minutes: Minutes) -> dict[str, list[str]]:
    rows = shown_lines(minutes).select_related("theme").order_by("position", "id")
    return {line.code: said_by(line) for line in rows}


def _hidden(minutes: Minutes) -> set[str]:
    """The lines whose contribution moderation hid, wherever they are now."""
    lines = MinutesLine.objects.filter(minutes=minutes, contribution__state=ContributionState.HIDDEN)
    return set(lines.order_by().values_list("code", flat=True))


def _rank(shown: Sequence[str], place: int) -> tuple[int, str, int, int]:
    """Introduction first, then theme by theme, kind by kind, in the order of the text."""
    theme, kind, *_ = shown
    return (0 if not kind else 1, theme, KIND_ORDER.index(kind) if kind else 0, place)


def _line(code: str, sent: list[str] | None, now: list[str] | None, comments: tuple[Comment, ...]) -> CheckedLine:
    shown = now or sent or ["", "", "", ""]
    change = "added" if sent is None else "removed" if now is None else "same" if sent == now else "changed"
    before, after = (sent or shown)[3], shown[3]
    pieces = tuple(_pieces(before, after)) if change == "changed" else (Piece("same", after),)
    return CheckedLine(code, "", shown[2], shown[1], pieces, change, comments)


def _pieces(before: str, after: str) -> Iterator[Piece]:
    """Word by word, what went and what came."""
    old, new = before.split(" "), after.split(" ")
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", " ".join(old[i1:i2]))
            continue
        if i2 > i1:
            yield Piece("removed", " ".join(old[i1:i2]))
        if j2 > j1:
            yield Piece("added", " ".join(new[j1:j2]))


def _with_headings(
    lines: tuple[CheckedLine, ...], now: dict[str, list[str]], check: MinutesCheck
) -> tuple[CheckedLine, ...]:
    """The theme written above the first line of each."""
    themes = [(now.get(line.code) or check.shown[line.code])[0] for line in lines]
    return tuple(
        replace(line, heading=theme) if theme != before else line
        for line, theme, before in zip(lines, themes, ["", *themes], strict=False)
    )


def _comments(check: MinutesCheck, reader: Participant | None, with_names: bool) -> dict[str, list[Comment]]:
    rows = LineComment.objects.filter(check_sent=check).select_related(
        "participant__contact", "participant__organisation"
    )
    if reader is not None:
        rows = rows.filter(participant=reader)
    by_line: dict[str, list[Comment]] = defaultdict(list)
    for row in rows.order_by("id"):
        who = _who(row.participant) if with_names else ""
        by_line[row.line].append(Comment(row.code, row.text, row.answer, who, row.handled_at is not None))
    return by_line


def _who(participant: Participant | None) -> str:
    if participant is None:
        return "Une personne effacée"
    parts = [str(who) for who in (participant.contact, participant.organisation) if who is not None and str(who)]
    return ", ".join(parts) or "Une personne présente, sans compte"
