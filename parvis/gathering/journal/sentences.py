"""An entry of the journal as a sentence: pieces of text, some of which name a thing that has a page."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any, Final

from django.db.models import TextChoices

from parvis.consultations.enums import Audience, Channel, PhaseControl, PhaseKind, Standing, StepKind
from parvis.core.models import JournalEntry
from parvis.french.counts import enumeration, plural, with_s
from parvis.french.dates import day
from parvis.gathering.journal.things import A_PARTNER, Thing, of
from parvis.gathering.journal.words import UNKNOWN, WORDS
from parvis.meetings.enums import Admission, WordState
from parvis.people.enums import RoleKind
from parvis.publishing.enums import FlagReason, FlagState, PublishingState

_NAMED_IN_VALUES: Final = {
    "theme": "theme", "member": "user", "sheet": "sheet", "meeting": "meeting", "minutes": "minutes",
    "territory": "territory",
}  # fmt: skip
"""Values that are the code of a thing, and its kind; `target` holds the whole name."""

_CHOICES: Final[dict[str, tuple[type[TextChoices], ...]]] = {
    "audience": (Audience,), "phase": (PhaseKind,), "control": (PhaseControl,), "steps": (StepKind,),
    "step": (StepKind,), "role": (RoleKind,), "was": (RoleKind,),
    "before": (PublishingState,), "after": (PublishingState,),
    "channel": (Channel,), "decision": (Standing, Admission), "reason": (FlagReason,), "state": (FlagState, WordState),
}  # fmt: skip
_DAYS: Final = ("opens_on", "closes_on", "until")
_WITHOUT_NAME: Final = {
    "participant": A_PARTNER, "invitation": "l'invitation d'un partenaire", "contact": "un contact de l'annuaire",
}  # fmt: skip
"""How things that name someone of a partner are told to those who do not read names."""
_OPTIONAL: Final = re.compile(r"\[([^\]]*)\]")
_SLOT: Final = re.compile(r"\{(\w+)(?::([^}]*))?\}")

Piece = tuple[str, str]
"""Text, and the name of the thing it is (empty when it is none, or none that she may open)."""


def names_in(entry: JournalEntry) -> Iterator[str]:
    """The names that the sentence of `entry` may have to tell."""
    yield entry.subject
    if entry.actor.partition(":")[0] in ("user", "participant"):
        yield entry.actor
    for value, kind in _NAMED_IN_VALUES.items():
        if isinstance(entry.values.get(value), str):
            yield f"{kind}:{entry.values[value]}"
    if isinstance(entry.values.get("target"), str):
        yield entry.values["target"]


def who(entry: JournalEntry, things: dict[str, Thing], *, names_told: bool) -> str:
    """Who did it. A partner has a name for those alone who read names."""
    kind = entry.actor.partition(":")[0]
    if kind == "user":
        return _capital(things[entry.actor].label)
    if kind == "participant":
        return _capital(things[entry.actor].label if names_told else A_PARTNER)
    return "Un lecteur" if entry.verb == "flag_content" else "Parvis"


def sentence(entry: JournalEntry, things: dict[str, Thing], *, names_told: bool) -> list[Piece]:
    """What was done, without who did it."""
    words = _OPTIONAL.sub(
        lambda part: part[1] if _all_there(part[1], entry.values) else "", WORDS.get(entry.verb, UNKNOWN)
    )
    pieces: list[Piece] = []
    place = 0
    for slot in _SLOT.finditer(words):
        pieces += [(words[place : slot.start()], ""), _value(entry, slot[1], slot[2] or "", things, names_told)]
        place = slot.end()
    return [piece for piece in [*pieces, (words[place:], "")] if piece[0]]


def _all_there(words: str, values: dict[str, Any]) -> bool:
    return all(values.get(slot[1]) not in (None, "", [], 0) for slot in _SLOT.finditer(words))


def _value(entry: JournalEntry, slot: str, noun: str, things: dict[str, Thing], names_told: bool) -> Piece:
    if slot in ("what", "of_what"):
        thing = _masked(things[entry.subject], names_told)
        return (of(thing.label) if slot == "of_what" else thing.label, thing.name if thing.open else "")
    value = entry.values.get(slot)
    name = f"{_NAMED_IN_VALUES[slot]}:{value}" if slot in _NAMED_IN_VALUES else value if slot == "target" else ""
    if name and isinstance(value, str):
        thing = things[name]
        return (thing.label, thing.name if thing.open and slot != "theme" else "")
    if noun:
        return (plural(_number(value), noun, with_s(noun)), "")
    return (_written(slot, value), "")


def _masked(thing: Thing, names_told: bool) -> Thing:
    label = _WITHOUT_NAME.get(thing.name.partition(":")[0])
    return thing if names_told or label is None else Thing(thing.name, label)


def _number(value: Any) -> int:
    return len(value) if isinstance(value, list) else value if isinstance(value, int) else 0


def _written(slot: str, value: Any) -> str:
    if isinstance(value, list):
        return enumeration([_written(slot, part) for part in value])
    if slot in _DAYS and isinstance(value, str):
        return day(datetime.date.fromisoformat(value[:10]))
    for choices in _CHOICES.get(slot, ()):
        if value in choices.values:
            label = str(choices(value).label)
            return label[0].lower() + label[1:]
    return str(value if value is not None else "")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
