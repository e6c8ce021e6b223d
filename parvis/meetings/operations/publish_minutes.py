"""Minutes become contributions and an edition, in one transaction."""

from __future__ import annotations

from django.db import transaction

from parvis.consultations.enums import ContributionState, Origin
from parvis.consultations.models import Contribution
from parvis.core import journal
from parvis.core.bulk_write import update_rows
from parvis.meetings.content import lines_in_reading_order
from parvis.meetings.enums import LinePlace
from parvis.meetings.models import Board, Minutes, MinutesLine
from parvis.meetings.operations.heading_words import propose_words
from parvis.meetings.operations.room.row_versions import resend_whole_room
from parvis.people.models import User
from parvis.publishing.models import Edition
from parvis.publishing.operations.publish_draft import publish_draft

_NEVER_READ = (ContributionState.PENDING, ContributionState.QUARANTINED)
_NOT_YET_READ = (ContributionState.WITHDRAWN, *_NEVER_READ)
_SAID = ("state", "theme", "territory", "kind", "text", "details", "conclusion")
"""What a contribution takes from its line."""


def publish_minutes(actor: User, minutes: Minutes, *, note: str = "") -> Edition:
    """Publish what every step let through. A correction must say what changed in `note`.

    Contributions keep their code from edition to edition; those that left the text are withdrawn; those that moderation
    hid stay hidden.
    """
    return publish_draft(actor, minutes, note=note, before=_write_contributions, after=_close_working_text)


def _close_working_text(actor: User, minutes: Minutes, edition: Edition) -> None:
    # Its notes say from now on what is published; on commit, for who accepts what came late holds the room first.
    transaction.on_commit(lambda: resend_whole_room(Board.objects.filter(meeting__minutes=minutes)))
    minutes.changes.all().delete()
    propose_words(minutes)


def _write_contributions(actor: User, minutes: Minutes) -> None:
    of_meeting = minutes.meetings.order_by("starts_at", "id").values_list("territory", flat=True).first()
    items = [line for line in lines_in_reading_order(minutes) if line.place == LinePlace.ITEM]
    new: list[Contribution] = []
    changed: list[Contribution] = []
    for line in items:
        if line.contribution is None:
            origin = Origin.IMPORTED if line.source_id else Origin.WORKSHOP
            line.contribution = Contribution(
                consultation=minutes.consultation, origin=origin, state=ContributionState.VISIBLE
            )
            _say_as_written(line.contribution, line, of_meeting)
            new.append(line.contribution)
        elif _say_as_written(line.contribution, line, of_meeting):
            changed.append(line.contribution)
    Contribution.objects.bulk_create(new)
    update_rows(changed, _SAID)
    for line in items:
        _link_taken_in(line)
    linked = [line for line in items if line.contribution_id is None or line.origins]
    for line in linked:
        line.contribution = line.contribution  # its key is known by now
        # From now on its words are its own, wherever they came from.
        line.origins = [origin | {"contribution": None} for origin in line.origins if origin["source"]]
    update_rows(linked, ["contribution", "origins"])
    kept = {line.contribution.pk for line in items if line.contribution is not None}
    minutes.contributions.add(*kept)
    gone = minutes.contributions.filter(state=ContributionState.VISIBLE).exclude(pk__in=kept).order_by("id")
    for contribution in gone:
        contribution.state = ContributionState.WITHDRAWN
        contribution.save(update_fields=["state"])
        journal.record(actor, "withdraw_contribution", contribution, minutes=minutes.code)


def _say_as_written(contribution: Contribution, line: MinutesLine, of_meeting: int | None) -> bool:
    """Give a contribution what its line says; whether something differs."""
    wanted = {
        "state": ContributionState.VISIBLE if contribution.state in _NOT_YET_READ else contribution.state,
        "theme_id": line.theme_id,
        "territory_id": line.territory_id or of_meeting,
        "kind": line.kind,
        "text": line.text,
        "details": line.details,
        "conclusion": line.conclusion,
    }
    differs = {name: value for name, value in wanted.items() if getattr(contribution, name) != value}
    for name, value in differs.items():
        setattr(contribution, name, value)
    return bool(differs)


def _link_taken_in(line: MinutesLine) -> None:
    """Notes of a board whose words this line took in before they were ever published lead to it."""
    taken = [origin["contribution"] for origin in line.origins if origin["contribution"]]
    if taken:
        pending = Contribution.objects.filter(code__in=taken, state__in=_NEVER_READ)
        pending.update(duplicate_of=line.contribution)
