"""Minutes become contributions and an edition, in one transaction."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from parvis.consultations.enums import ContributionState, LineRole, Origin
from parvis.consultations.models import Contribution, Edition, EditionLine
from parvis.consultations.operations.editions import FrozenLine, freeze_edition, hide_in_editions
from parvis.core import journal
from parvis.core.errors import ForbiddenMove, RefusedInput
from parvis.french.kinds import KIND_ORDER
from parvis.meetings.enums import LinePlace, MinutesState
from parvis.meetings.models import Board, Meeting, Minutes, MinutesLine
from parvis.meetings.operations.heading_words import propose_words
from parvis.meetings.operations.room.row_versions import tell_whole_room
from parvis.meetings.operations.validation import edition_in_preparation, move, next_step
from parvis.people.models import User

_NEVER_READ = (ContributionState.PENDING, ContributionState.QUARANTINED)
_NOT_YET_READ = (ContributionState.WITHDRAWN, *_NEVER_READ)


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


def edition_header(minutes: Minutes) -> dict[str, Any]:
    """What the edition's hash covers beside its lines."""
    meetings = minutes.meetings.select_related("territory").order_by("starts_at", "id")
    return {
        "title": minutes.title,
        "minutes": minutes.code,
        "meetings": [_meeting_header(each) for each in meetings],
    }


def line_content(line: MinutesLine, number: int | None) -> dict[str, Any]:
    """The frozen content of one line. Items are numbered again; conclusions and paragraphs bear no number."""
    if line.place == LinePlace.INTRODUCTION:
        return {"text": line.text}
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


def numbered(lines: list[MinutesLine]) -> list[tuple[MinutesLine, int | None]]:
    """Each line with its number within its theme and kind."""
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


@transaction.atomic
def publish_minutes(actor: User, minutes: Minutes, *, note: str = "") -> Edition:
    """Publish what every step let through. A correction must say what changed in `note`.

    Contributions keep their code from edition to edition; those that left the text are withdrawn; those that moderation
    hid stay hidden.
    """
    locked = Minutes.objects.select_for_update().select_related("consultation").get(pk=minutes.pk)
    if locked.state != MinutesState.READY or next_step(locked) is not None:
        raise ForbiddenMove(
            "Ce compte-rendu n'a pas passé toutes ses étapes de validation : il ne peut pas être publié."
        )
    number = edition_in_preparation(locked)
    if number > 1 and not note.strip():
        raise RefusedInput("C'est une correction : dites en une phrase ce qui a changé, les lecteurs le verront.")
    lines = lines_in_reading_order(locked)
    _write_contributions(actor, locked, lines)
    frozen = [_frozen(line, rank) for line, rank in numbered(lines)]
    already_hidden = set(  # not where a former line was forgotten for a double's words: what stands is said again
        EditionLine.objects.filter(edition__subject=locked.journal_name, salt__isnull=False)
        .exclude(hidden_at=None)
        .values_list("reference", flat=True)
    )
    edition = freeze_edition(
        actor, locked.consultation, locked.journal_name, edition_header(locked), frozen, note.strip()
    )
    for reference in sorted(already_hidden & {line.reference for line in frozen}):
        hide_in_editions(reference)
    move(actor, locked, MinutesState.PUBLISHED)
    # Its notes say from now on what is published; on commit, for who accepts what came late holds the room first.
    transaction.on_commit(lambda: tell_whole_room(Board.objects.filter(meeting__minutes=locked)))
    locked.changes.all().delete()
    propose_words(locked)
    minutes.state = locked.state
    return edition


def _write_contributions(actor: User, minutes: Minutes, lines: list[MinutesLine]) -> None:
    of_meeting = minutes.meetings.order_by("starts_at", "id").values_list("territory", flat=True).first()
    kept = set()
    for line in lines:
        if line.place != LinePlace.ITEM:
            continue
        contribution = line.contribution or Contribution(
            consultation=minutes.consultation,
            origin=Origin.IMPORTED if line.source_id else Origin.WORKSHOP,
            state=ContributionState.VISIBLE,
        )
        if contribution.state in _NOT_YET_READ:
            contribution.state = ContributionState.VISIBLE
        contribution.theme_id = line.theme_id  # type: ignore[assignment]
        contribution.territory_id = line.territory_id or of_meeting
        contribution.kind, contribution.text = line.kind, line.text
        contribution.details, contribution.conclusion = line.details, line.conclusion
        contribution.save()
        kept.add(contribution.pk)
        line.contribution = contribution
        _link_taken_in(line)
        # From now on its words are its own, wherever they came from.
        line.origins = [origin | {"contribution": None} for origin in line.origins if origin["source"]]
    MinutesLine.objects.bulk_update(lines, ["contribution", "origins"], batch_size=200)
    minutes.contributions.add(*kept)
    gone = minutes.contributions.filter(state=ContributionState.VISIBLE).exclude(pk__in=kept).order_by("id")
    for contribution in gone:
        contribution.state = ContributionState.WITHDRAWN
        contribution.save(update_fields=["state"])
        journal.record(actor, "withdraw_contribution", contribution, minutes=minutes.code)


def _link_taken_in(line: MinutesLine) -> None:
    """Notes of a board whose words this line took in before they were ever published lead to it."""
    taken = [origin["contribution"] for origin in line.origins if origin["contribution"]]
    if taken:
        pending = Contribution.objects.filter(code__in=taken, state__in=_NEVER_READ)
        pending.update(duplicate_of=line.contribution)


def _frozen(line: MinutesLine, number: int | None) -> FrozenLine:
    if line.place == LinePlace.INTRODUCTION:
        return FrozenLine(LineRole.INTRODUCTION, f"line:{line.code}", line_content(line, number))
    assert line.contribution is not None
    return FrozenLine(LineRole.ITEM, line.contribution.journal_name, line_content(line, number))


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
