"""Links that sign an agent in once."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Q

from parvis.core import clock, journal
from parvis.core.codes import hash_token, new_token
from parvis.core.errors import RefusedInput
from parvis.people.models import SignInLink, User

LIFETIME = datetime.timedelta(minutes=10)
DEMO_LIFETIME = datetime.timedelta(days=1)
REFUSED = "Ce lien de connexion n'est plus valable. Demandez un nouveau code depuis la page de connexion."


@transaction.atomic
def create_sign_in_link(user: User, *, lifetime: datetime.timedelta = LIFETIME, reusable: bool = False) -> str:
    """A fresh token for `user`, to be shown once. Only its hash is kept. The demonstration's serve all day long."""
    token = new_token()
    SignInLink.objects.create(
        token_hash=hash_token(token), user=user, expires_at=clock.now() + lifetime, reusable=reusable
    )
    journal.record(None, "create_sign_in_link", user)
    return token


@transaction.atomic
def consume_sign_in_link(token: str) -> User:
    """Use `token` up and return its agent. Raises `RefusedInput` when unknown, used or too old.

    The update itself tells who came first, so that two clicks at once open one session.
    """
    moment = clock.now()
    taken = (
        SignInLink.objects.filter(token_hash=hash_token(token), expires_at__gt=moment, user__is_active=True)
        .filter(Q(used_at=None) | Q(reusable=True))
        .update(used_at=moment)
    )
    if not taken:
        raise RefusedInput(REFUSED)
    user = User.objects.get(sign_in_links__token_hash=hash_token(token))
    journal.record(user, "sign_in", user)
    return user
