"""Whether an agent has a second factor, must have one, has shown it."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest

from parvis.people.models import Role, User

_AT_PROVIDER = "second_factor_at_provider"


def with_second_factor() -> Q:
    """The agents who have one."""
    return Q(pk__in=Authenticator.objects.filter(type=Authenticator.Type.TOTP).order_by().values("user_id"))


def has_second_factor(user: User) -> bool:
    """Whether her telephone is asked at sign-in."""
    return User.objects.filter(with_second_factor(), pk=user.pk).exists()


def must_have_one(user: User) -> bool:
    """Whether one of her roles is among those of `PARVIS_REQUIRE_SECOND_FACTOR`."""
    kinds = settings.REQUIRE_SECOND_FACTOR
    return bool(kinds) and Role.objects.filter(user=user, kind__in=kinds).exists()


def recovery_codes_left(user: User) -> int:
    """How many of her recovery codes were never used."""
    recovery = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(recovery.wrap().get_unused_codes()) if recovery is not None else 0


def keep_shown_at_provider(request: HttpRequest, user: User) -> None:
    """The identity provider asked for a second factor itself: it holds for this session of this agent."""
    request.session[_AT_PROVIDER] = user.code


def shown_at_provider(request: HttpRequest, user: User) -> bool:
    """Whether the identity provider said so, at this sign-in."""
    return bool(request.session.get(_AT_PROVIDER) == user.code)
