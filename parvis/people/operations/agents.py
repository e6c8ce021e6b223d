"""Agents and their roles: given by an administrator of the territory, or by the command line."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.shortcuts import resolve_url

from parvis.core import journal
from parvis.core.errors import RefusedInput
from parvis.core.mailing.purposes import Letter
from parvis.core.mailing.queue import queue_mail
from parvis.core.uniqueness import refusing_duplicates
from parvis.people.enums import RoleKind
from parvis.people.models import Role, User
from parvis.people.operations.keep_administrators import keep_administrators
from parvis.territories.models import Territory

WELCOME_MAIL = "agent_access"
_WELCOME = """Bonjour,

Un accès à l'espace des agents vous est ouvert, pour « {territory} » ({role}).

Pour entrer, ouvrez cette page et donnez votre adresse électronique : un code vous sera envoyé.
{address}

Il n'y a pas de mot de passe.
"""


@transaction.atomic
def add_agent(actor: User | None, *, email: str, name: str, territory: Territory, role: RoleKind) -> Role:
    """Give `role` on `territory` to the agent of this address, who is made if unknown and told by mail.

    The name of an agent already known does not change: another territory may have written it.
    """
    address = email.strip().lower()
    user = User.objects.filter(email=address).first()
    if user is None:
        with refusing_duplicates("Quelqu'un vient d'ajouter cet agent : donnez-lui ce rôle en recommençant."):
            user = User.objects.create_user(address, name=name.strip())
        journal.record(actor, "create_agent", user)
    given, made = Role.objects.get_or_create(user=user, territory=territory, kind=role)
    if not made:
        raise RefusedInput("Cet agent a déjà ce rôle sur ce territoire : choisissez-en un autre.")
    journal.record(actor, "give_role", user, within=territory, role=role, territory=territory.code)
    if actor is not None:
        letter = Letter(
            to=address,
            subject="Votre accès à l'espace des agents",
            body=_WELCOME.format(
                territory=territory.name,
                role=RoleKind(role).label,
                address=f"{settings.PUBLIC_URL}{resolve_url(settings.LOGIN_REDIRECT_URL)}",
            ),
        )
        queue_mail(WELCOME_MAIL, about=user.code, letter=letter)
    return given


@transaction.atomic
def remove_role(actor: User | None, role: Role) -> None:
    """Take a role away. Nobody takes away her own administration, nor the last one of a territory."""
    _refuse_own_administration(actor, role)
    keep_administrators(Role.objects.filter(pk=role.pk))
    place = role.territory
    journal.record(actor, "remove_role", role.user, within=place, role=role.kind, territory=place.code)
    role.delete()


@transaction.atomic
def change_role(actor: User | None, role: Role, kind: RoleKind) -> None:
    """Give another role in place of this one, on the same territory: at no moment does she have none."""
    _refuse_own_administration(actor, role)
    if role.kind == kind:
        return
    if Role.objects.filter(user=role.user, territory=role.territory, kind=kind).exists():
        raise RefusedInput("Cette personne a déjà ce rôle sur ce territoire : retirez plutôt celui-ci.")
    keep_administrators(Role.objects.filter(pk=role.pk))
    before = role.kind
    with refusing_duplicates("Quelqu'un vient de lui donner ce rôle : rechargez la page."):
        moved = Role.objects.filter(pk=role.pk, kind=before).update(kind=kind)
    if not moved:
        raise RefusedInput("Quelqu'un d'autre vient de changer ou de retirer ce rôle : rechargez la page.")
    role.kind = kind
    journal.record(actor, "change_role", role.user, role=kind, was=before, territory=role.territory.code)


def _refuse_own_administration(actor: User | None, role: Role) -> None:
    if actor is not None and role.user_id == actor.pk and role.kind == RoleKind.ADMINISTRATOR:
        raise RefusedInput("Vous ne pouvez pas retirer votre propre administration : demandez à une autre personne.")
