"""What the corrections of agents teach the reading of reports: proposed at publication, known once accepted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, takewhile

from django.db import transaction

from parvis.consultations.enums import Audience, Kind
from parvis.core import clock, journal
from parvis.core.errors import RefusedInput
from parvis.meetings.enums import LinePlace, WordState
from parvis.meetings.models import HeadingWord, Minutes, MinutesLine
from parvis.people.models import User
from parvis.reading import Kind as ReadKind
from parvis.reading import heading_key, unknown_heading
from parvis.territories.models import Territory

_ENOUGH = 2
"""One line moved by hand says little of the heading above it."""

_KINDS: dict[str, ReadKind] = {"challenge": "challenge", "strength": "strength", "proposal": "proposal"}


def known_words(territory_id: int) -> dict[str, ReadKind]:
    """The headings that a house taught: phrase → kind."""
    accepted = HeadingWord.objects.filter(territory_id=territory_id, state=WordState.ACCEPTED)
    return {phrase: _KINDS[kind] for phrase, kind in accepted.values_list("phrase", "kind") if kind in _KINDS}


def propose_words(minutes: Minutes) -> None:
    """Notes the unknown headings under which agents ranged at least two lines by hand. Called at publication.

    Those of a reserved meeting stay in it.
    """
    if minutes.meetings.exclude(audience__in=(Audience.PUBLIC, Audience.PARTNERS)).exists():
        return
    territory = minutes.consultation.territory
    for phrase, kind, count in _taught(minutes):
        word, fresh = HeadingWord.objects.get_or_create(
            territory=territory,
            key=heading_key(phrase)[:60],
            defaults={"phrase": phrase, "kind": kind, "lines": count, "minutes": minutes},
        )
        if not fresh and word.state == WordState.PROPOSED and word.kind == kind and word.minutes_id != minutes.pk:
            word.lines, word.minutes = word.lines + count, minutes
            word.save(update_fields=["lines", "minutes"])


def _taught(minutes: Minutes) -> Iterator[tuple[str, str, int]]:
    """Unknown headings, the kind given to all the lines below them, how many lines."""
    read = minutes.lines.exclude(source=None).order_by("source", "source_line", "position", "id")
    for _, group in groupby(read, key=lambda line: line.source_id):
        lines = list(group)
        for index, line in enumerate(lines):
            phrase = unknown_heading(line.text) if line.place != LinePlace.ITEM and line.role else None
            below = list(takewhile(_moved_by_hand, lines[index + 1 :])) if phrase else []
            kinds = {each.kind for each in below}
            if phrase and len(below) >= _ENOUGH and len(kinds) == 1 and kinds <= _KINDS.keys():
                yield phrase, kinds.pop(), len(below)


def _moved_by_hand(line: MinutesLine) -> bool:
    """A contribution that the reading had not taken for one: it kept the role it was read with."""
    return line.place == LinePlace.ITEM and bool(line.role)


@transaction.atomic
def decide_word(actor: User, word: HeadingWord, state: WordState) -> None:
    """Accept a heading, refuse it, or forget what was decided."""
    HeadingWord.objects.select_for_update().get(pk=word.pk)
    word.state, word.decided_by, word.decided_at = state, actor, clock.now()
    word.save(update_fields=["state", "decided_by", "decided_at"])
    journal.record(actor, "decide_heading_word", word.territory, word=word.code, state=state)


@transaction.atomic
def add_word(actor: User, territory: Territory, phrase: str, kind: Kind) -> HeadingWord:
    """Teach a heading by hand. Raises `RefusedInput` when it is known, or is no heading."""
    bare = unknown_heading(phrase)
    if bare is None:
        raise RefusedInput("Écrivez un intertitre de un à six mots que Parvis ne reconnaît pas encore.")
    if kind not in _KINDS:
        raise RefusedInput("Choisissez défi, atout ou proposition.")
    word, fresh = HeadingWord.objects.get_or_create(
        territory=territory, key=heading_key(bare)[:60], defaults={"phrase": bare, "kind": kind}
    )
    if not fresh and word.state == WordState.ACCEPTED:
        raise RefusedInput("Cet intertitre est déjà dans la liste.")
    word.phrase, word.kind = bare, kind
    word.save(update_fields=["phrase", "kind"])
    decide_word(actor, word, WordState.ACCEPTED)
    return word
