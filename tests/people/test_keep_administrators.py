"""The last person who administers a territory does not go, erased or deprived; of two that go at once, one stays."""

from __future__ import annotations

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.db.models import QuerySet

from parvis.core.errors import RefusedInput
from parvis.people.enums import RoleKind
from parvis.people.models import Role, User
from parvis.people.operations.agents import change_role, remove_role
from parvis.people.operations.erase_person import erase_person
from parvis.people.operations.keep_administrators import keep_administrators
from tests.places import make_agent, make_places


@pytest.mark.django_db
def test_the_last_administrator_is_not_erased() -> None:
    irene = make_agent(make_places().lune)
    with pytest.raises(RefusedInput, match="« Val de Lune »"):
        erase_person(None, irene.email)
    assert User.objects.get(pk=irene.pk).email == irene.email
    assert irene.roles.count() == 1


@pytest.mark.django_db
def test_one_of_two_may_go_and_one_below_the_other_too() -> None:
    places = make_places()
    irene, zoe = make_agent(places.lune), make_agent(places.vallieres)
    erase_person(None, zoe.email)
    other = make_agent(places.lune)
    erase_person(None, irene.email)
    assert Role.objects.get(kind=RoleKind.ADMINISTRATOR).user == other


@pytest.mark.django_db
@pytest.mark.parametrize("role", [RoleKind.COORDINATOR, RoleKind.READER])
def test_who_does_not_administer_does_not_count(role: RoleKind) -> None:
    places = make_places()
    irene = make_agent(places.lune)
    make_agent(places.lune, role)
    make_agent(places.vallieres)
    make_agent(places.large)
    gone = make_agent(places.lune)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    with pytest.raises(RefusedInput, match="Plus personne"):
        erase_person(None, irene.email)


@pytest.mark.django_db
def test_the_last_role_of_administration_is_not_taken_away() -> None:
    irene = make_agent(make_places().lune)
    with pytest.raises(RefusedInput, match="« Val de Lune »"):
        remove_role(None, irene.roles.get())


@pytest.mark.django_db
def test_a_reader_goes_from_a_territory_without_administrator() -> None:
    reader = make_agent(make_places().lune, RoleKind.READER)
    remove_role(None, reader.roles.get())
    assert not reader.roles.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("on_a_file")
@pytest.mark.parametrize("way", ["erased", "deprived", "changed"])
def test_of_two_who_go_at_the_same_moment_one_stays(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever passed the guard waits a little for the other to pass it too, which must not happen."""
    places = make_places()
    pair = [make_agent(places.lune), make_agent(places.lune)]
    both_passed = threading.Barrier(2)

    def guard_then_wait(leaving: QuerySet[Role]) -> None:
        keep_administrators(leaving)
        with contextlib.suppress(threading.BrokenBarrierError):
            both_passed.wait(timeout=1)

    for operation in ("agents", "erase_person"):
        monkeypatch.setattr(f"parvis.people.operations.{operation}.keep_administrators", guard_then_wait)

    def go(user: User) -> bool:
        try:
            if way == "erased":
                erase_person(None, user.email)
            elif way == "changed":
                change_role(None, user.roles.get(), RoleKind.READER)
            else:
                remove_role(None, user.roles.get())
        except RefusedInput:
            return False
        else:
            return True
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        gone = list(threads.map(go, pair))
    assert sorted(gone) == [False, True]
    assert Role.objects.filter(kind=RoleKind.ADMINISTRATOR, territory=places.lune).count() == 1
