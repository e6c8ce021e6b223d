"""Who is here: the session holds the key of this device, by which the participant is found at each request.

The page gives the same key to the outbox, so that what is written offline needs no cookie.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from parvis.consultations.lifecycle import ARCHIVED_FOR_PARTNERS
from parvis.consultations.models import Participant
from parvis.consultations.operations.devices import add_device, is_archived, participant_of_key, remove_device
from parvis.core.access import READ, SentToEntrance

_KEY = "participant_key"
_LASTS_SECONDS = 30 * 24 * 3600


def participant_of(request: HttpRequest) -> Participant | None:
    """The participant of this device, unless her access was taken away. One query."""
    return participant_of_key(request.session.get(_KEY, ""), "consultation", "organisation", "contact")


def key_of(request: HttpRequest) -> str:
    """The key of this device, for its outbox."""
    return str(request.session.get(_KEY, ""))


def enter(request: HttpRequest, participant: Participant) -> None:
    """Open this device to `participant`. The session takes a new name.

    A former participant's key goes on opening the outbox: what she wrote offline may still be waiting to be sent.
    """
    already = participant_of(request)
    if already is None or already.pk != participant.pk:
        request.session.cycle_key()
        request.session[_KEY] = add_device(participant)
    request.session.set_expiry(_LASTS_SECONDS)


def leave(request: HttpRequest) -> None:
    """Close this device: its key no longer opens anything, here or at the outbox."""
    key = request.session.pop(_KEY, "")
    if key:
        remove_device(key)


def for_partner(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view its participant; without one, sends to the page that says how to come in.

    An archived consultation is read, and nothing is sent to it: said here, once, for every button and form.
    """

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        participant = participant_of(request)
        if participant is None:
            return SentToEntrance(reverse("partners:home"))
        if request.method not in READ and is_archived(participant):
            raise PermissionDenied(ARCHIVED_FOR_PARTNERS)
        return view(request, participant, *args, **kwargs)

    return opened
