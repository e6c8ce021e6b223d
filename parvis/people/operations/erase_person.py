"""Forgetting an agent, or someone of the directory."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import transaction

from parvis.core import clock, journal
from parvis.core.erasure import wipe_on_commit
from parvis.core.errors import RefusedInput
from parvis.core.mailing.queue import forget_mails
from parvis.core.models import OutgoingMail
from parvis.core.signals import person_erased
from parvis.people.models import Contact, FollowUpConsent, User
from parvis.people.operations.keep_administrators import keep_administrators


@transaction.atomic
def erase_person(actor: User | None, email: str) -> str:
    """Forget the name, the address, the roles and the ways in of whoever has this address; returns a code of hers.

    What she published or answered stays, without her name: it belongs to the consultation. The journal keeps her codes,
    which no longer lead to anyone. Upper apps follow `person_erased` in the same transaction, once for each code.
    Raises `RefusedInput` when nobody has this address, or when she is the last to administer a territory.
    """
    address = email.strip().lower()
    user = User.objects.select_for_update().filter(email=address).first()
    contacts = list(Contact.objects.select_for_update().filter(email=address))
    consents, _ = FollowUpConsent.objects.filter(email=address).delete()
    if user is None and not contacts and not consents:
        raise RefusedInput("Personne n'a cette adresse : vérifiez son orthographe. Rien n'a été effacé.")
    codes = []
    _end_sessions(address, user)
    if user is not None:
        keep_administrators(user.roles.all())
        _forget_agent(actor, user)
        codes.append(user.code)
    for contact in contacts:
        _forget_contact(actor, contact)
        codes.append(contact.code)
    for code in codes:
        person_erased.send(sender=User, code=code)
    _forget_mails_to(address)
    wipe_on_commit()
    return codes[0] if codes else ""


@transaction.atomic
def erase_contact(actor: User | None, contact: Contact) -> None:
    """Forget someone in the directory of one organisation; in another's, and as an agent, she stays.

    Upper apps follow `person_erased` in the same transaction.
    """
    address = contact.email
    _forget_contact(actor, contact)
    person_erased.send(sender=User, code=contact.code)
    if not Contact.objects.filter(email=address).exists() and not User.objects.filter(email=address).exists():
        _forget_mails_to(address)
    wipe_on_commit()


def _forget_mails_to(address: str) -> None:
    if address:
        forget_mails(OutgoingMail.objects.filter(recipient__iexact=address))


def _end_sessions(address: str, user: User | None) -> None:
    """Sessions are sealed, not hidden: the address typed to sign in stands in them."""
    holder = str(user.pk) if user is not None else None
    for session in Session.objects.order_by("session_key").iterator():
        content = session.get_decoded()
        if address in str(content).lower() or (holder is not None and content.get("_auth_user_id") == holder):
            session.delete()


def _forget_agent(actor: User | None, user: User) -> None:
    forget_mails(OutgoingMail.objects.filter(about=user.code))
    user.email, user.name, user.is_active = f"efface-{user.code}@parvis.invalid", "", False
    user.set_unusable_password()  # sessions opened with the former one end here
    user.save()
    user.roles.all().delete()
    user.sign_in_links.all().delete()
    user.provider_identities.all().delete()
    Authenticator.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    journal.record(actor, "erase_person", user)


def _forget_contact(actor: User | None, contact: Contact) -> None:
    contact.name = contact.position = contact.email = contact.phone = ""
    contact.is_referent, contact.erased_at = False, clock.now()
    contact.save()
    journal.record(actor, "erase_contact", contact)
