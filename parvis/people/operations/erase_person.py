"""Forgetting an agent."""

from __future__ import annotations

from django.db import transaction

from parvis.core import journal
from parvis.core.errors import RefusedInput
from parvis.core.signals import person_erased
from parvis.people.models import User


@transaction.atomic
def erase_person(actor: User | None, email: str) -> str:
    """Forget the name, the address, the roles and the ways in of the agent of this address; returns her code.

    What she published stays, without her name: it belongs to the consultation. The journal keeps her code, which no
    longer leads to anyone. Upper apps follow `person_erased` in the same transaction.
    """
    user = User.objects.select_for_update().filter(email=email.strip().lower()).first()
    if user is None:
        raise RefusedInput("Personne n'a cette adresse : vérifiez son orthographe. Rien n'a été effacé.")
    user.email, user.name, user.is_active = f"efface-{user.code}@parvis.invalid", "", False
    user.set_unusable_password()  # sessions opened with the former one end here
    user.save()
    user.roles.all().delete()
    user.sign_in_links.all().delete()
    journal.record(actor, "erase_person", user)
    person_erased.send(sender=User, code=user.code)
    return user.code
