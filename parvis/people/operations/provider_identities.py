"""Whose account an identity opens. Nobody signs up: the account was made by an administrator."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from parvis.core import clock, journal
from parvis.core.errors import RefusedInput
from parvis.people.models import ProviderIdentity, User

_ASK: Final = "Demandez à la personne qui administre votre territoire."
UNKNOWN: Final = f"Aucun agent n'a cette adresse ici : vous n'êtes pas entré. {_ASK}"
CLOSED: Final = f"Cet accès est fermé : vous n'êtes pas entré. {_ASK}"
UNVERIFIED: Final = (
    "Le fournisseur d'identité ne garantit pas votre adresse : vous n'êtes pas entré. Demandez un code par courriel."
)
TAKEN: Final = (
    "Cet accès est déjà lié à un autre compte du fournisseur d'identité : vous n'êtes pas entré. Demandez un code par "
    "courriel, puis déliez l'ancien compte dans « Mon accès »."
)


@transaction.atomic
def sign_in_with_identity(issuer: str, subject: str, *, email: str, verified: bool) -> User:
    """The agent whom this identity opens, linked to it at the first time by her verified address.

    An identity already linked opens its account whatever its address has become. Raises `RefusedInput`.
    """
    known = ProviderIdentity.objects.select_related("user").filter(issuer=issuer, subject=subject).first()
    user = known.user if known is not None else _match(issuer, subject, email, verified)
    if not user.is_active:
        raise RefusedInput(CLOSED)
    journal.record(user, "sign_in", user)
    return user


def _match(issuer: str, subject: str, email: str, verified: bool) -> User:
    """Found by her address, under a lock so that two returns at once link once."""
    if not verified:
        raise RefusedInput(UNVERIFIED)
    user = User.objects.select_for_update().filter(email=email).first() if email else None
    if user is None:
        raise RefusedInput(UNKNOWN)
    if not user.is_active:
        raise RefusedInput(CLOSED)
    identity = ProviderIdentity.objects.filter(user=user, issuer=issuer).first()
    if identity is None:
        ProviderIdentity.objects.create(user=user, issuer=issuer, subject=subject, linked_at=clock.now())
        journal.record(user, "link_identity", user)
    elif identity.subject != subject:
        raise RefusedInput(TAKEN)
    return user


@transaction.atomic
def unlink_identity(user: User) -> None:
    """Forget how the providers know her; her next sign-in there is matched again by address."""
    count, _ = ProviderIdentity.objects.filter(user=user).delete()
    if count:
        journal.record(user, "unlink_identity", user)
