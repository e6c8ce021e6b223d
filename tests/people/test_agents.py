from __future__ import annotations

import pytest
from django.core import mail

from parvis.core.errors import RefusedInput
from parvis.core.mailing.sender import send_all_due
from parvis.core.models import JournalEntry
from parvis.people.enums import RoleKind
from parvis.people.models import Role, User
from parvis.people.operations.agents import add_agent, remove_role
from parvis.people.rules import administered_roles, importable_territories
from parvis.territories.models import Territory
from tests.places import make_agent, make_places

pytestmark = pytest.mark.django_db


def test_add_agent_makes_the_person_and_tells_her(django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    places = make_places()
    actor = make_agent(places.lune)
    with django_capture_on_commit_callbacks(execute=True):
        role = add_agent(actor, email=" Zoe@Exemple.fr ", name="Zoé", territory=places.lune, role=RoleKind.FACILITATOR)
    send_all_due()
    assert (role.user.email, role.user.name, role.user.has_usable_password()) == ("zoe@exemple.fr", "Zoé", False)
    assert [letter.to for letter in mail.outbox] == [["zoe@exemple.fr"]]
    assert JournalEntry.objects.filter(verb="give_role", subject=role.user.journal_name).count() == 1


def test_add_agent_already_known_keeps_the_name_and_gives_the_role_once() -> None:
    places = make_places()
    known = make_agent(places.large, name="Jeanne")
    add_agent(None, email=known.email, name="Autre", territory=places.lune, role=RoleKind.READER)
    assert User.objects.get(email=known.email).name == "Jeanne"
    with pytest.raises(RefusedInput):
        add_agent(None, email=known.email, name="", territory=places.lune, role=RoleKind.READER)
    assert Role.objects.filter(user=known).count() == 2


def test_remove_role_of_oneself_as_administrator_is_refused() -> None:
    places = make_places()
    actor, other = make_agent(places.lune), make_agent(places.lune)
    with pytest.raises(RefusedInput):
        remove_role(actor, actor.roles.get())
    remove_role(actor, other.roles.get())
    assert other.roles.count() == 0


def test_administered_roles_hold_below_and_nowhere_else() -> None:
    places = make_places()
    actor = make_agent(places.lune)
    town = make_agent(places.vallieres, RoleKind.READER)
    stranger = make_agent(places.large)
    found = Role.objects.filter(administered_roles(actor)).order_by("pk")
    assert [role.user for role in found] == [actor, town]
    assert not Role.objects.filter(administered_roles(make_agent(places.lune, RoleKind.COORDINATOR))).exists()
    assert not Role.objects.filter(administered_roles(None)).exists()
    assert stranger not in [role.user for role in found]


def test_importable_territories_are_ones_own_and_those_of_nobody() -> None:
    places = make_places()
    actor = make_agent(places.lune)
    assert Territory.objects.filter(importable_territories(actor)).count() == 8
    make_agent(places.large, RoleKind.READER)
    names = Territory.objects.filter(importable_territories(actor)).values_list("name", flat=True)
    assert sorted(names) == ["La Gare", "Les Tilleuls", "Montreuillon", "Val de Lune", "Vallières"]
    assert not Territory.objects.filter(importable_territories(None)).exists()
