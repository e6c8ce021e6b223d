"""Who asks: an agent or nobody in particular. Partners and residents join when they are invited."""

from __future__ import annotations

from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from parvis.people.models import User

Actor: TypeAlias = User | None
"""`None` is anyone: a visitor who has not signed in."""


def actor_of(request: HttpRequest) -> Actor:
    """The agent who signed in, or None."""
    user = request.user
    return None if isinstance(user, AnonymousUser) or not user.is_active else user
