"""Who may read and moderate contributions, wherever they come from.

An app in which contributions are born may close more of them, by what it knows of the place (a reserved meeting): it
says so once, in `AppConfig.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from parvis.consultations.rules import listed_contributions, moderated_consultations
from parvis.core.access import rule
from parvis.people.actor import Actor

_closed: dict[str, tuple[Callable[[], Q], Callable[[Actor], Q]]] = {}


def close_contributions(app: str, *, to_readers: Callable[[], Q], to_moderators: Callable[[Actor], Q]) -> None:
    """Say which contributions `app` closes to anyone, and to an actor who moderates their consultation."""
    if app in _closed:
        raise ValueError(f"{app} closes contributions twice")
    _closed[app] = (to_readers, to_moderators)


@rule
def readable_contributions() -> Q:
    """What anyone may read: listed, and closed by no app."""
    rule = listed_contributions()
    for to_readers, _ in _closed.values():
        rule &= ~to_readers()
    return rule


@rule
def moderated_contributions(actor: Actor) -> Q:
    """Those of a consultation the actor moderates, that no app closes to her."""
    rule = moderated_consultations(actor, "consultation__")
    for _, to_moderators in _closed.values():
        rule &= ~to_moderators(actor)
    return rule
