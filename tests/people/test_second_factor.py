from __future__ import annotations

import datetime
import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.core import mail, serializers
from django.core.exceptions import ImproperlyConfigured

from parvis.core import clock
from parvis.core.errors import RefusedInput
from parvis.core.mailing.sender import send_all_due
from parvis.core.models import JournalEntry
from parvis.people.apps import PeopleConfig
from parvis.people.enums import RoleKind
from parvis.people.models import Role, User
from parvis.people.operations.erase_person import erase_person
from parvis.people.operations.second_factor import (
    TOO_MANY,
    WRONG,
    activate_second_factor,
    check_second_factor,
    deactivate_second_factor,
    recovery_codes_of,
    renew_recovery_codes,
    reset_second_factor,
)
from parvis.people.rules import resettable_agents
from parvis.people.second_factor.state import has_second_factor, recovery_codes_left
from parvis.people.second_factor.totp import code_at, counter_of, key_address, matching_counter
from tests.places import make_agent, make_places

pytestmark = pytest.mark.django_db

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
NOON = datetime.datetime(2026, 11, 3, 12, 0, tzinfo=datetime.UTC)


def code(steps: int = 0) -> str:
    return code_at(SECRET, counter_of(NOON) + steps)


def enrolled() -> User:
    user = make_agent(None)
    with clock.at(NOON):
        activate_second_factor(user, SECRET, code(-1))
    return user


def refusal(user: User, typed: str, moment: datetime.datetime = NOON) -> str:
    with clock.at(moment), pytest.raises(RefusedInput) as refused:
        check_second_factor(user, typed)
    return refused.value.message


@pytest.mark.parametrize(("second", "expected"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")])
def test_codes_are_those_of_the_standard(second: int, expected: str) -> None:
    """RFC 6238, appendix B, cut to six digits."""
    assert code_at(SECRET, second // 30) == expected


def test_matching_counter_takes_one_step_around_and_no_more() -> None:
    present = counter_of(NOON)
    found = [matching_counter(SECRET, code(step), NOON) for step in (-2, -1, 0, 1, 2)]
    assert found == [None, present - 1, present, present + 1, None]
    spaced = f" {code()[:3]} {code()[3:]}"
    assert matching_counter(SECRET, spaced, NOON) == present


@pytest.mark.parametrize("typed", ["", "é", "१२३४५६", "000000 ou 1=1", "0" * 5000])
def test_matching_counter_of_anything_else_is_none(typed: str) -> None:
    assert matching_counter(SECRET, typed, NOON) is None


def test_key_address_is_read_by_applications() -> None:
    address = key_address("ABC", account="ada@exemple.fr", site="Parvis lune.fr")
    assert address == "otpauth://totp/Parvis%20lune.fr:ada@exemple.fr?secret=ABC&issuer=Parvis%20lune.fr"


def test_activate_needs_the_code_of_that_key() -> None:
    user = make_agent(None)
    with clock.at(NOON), pytest.raises(RefusedInput, match="pas le bon"):
        activate_second_factor(user, SECRET, "000000")
    assert not has_second_factor(user)


def test_activate_tells_her_and_writes_the_journal(django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    with django_capture_on_commit_callbacks(execute=True):
        user = enrolled()
    send_all_due()
    assert [letter.to for letter in mail.outbox] == [[user.email]]
    assert JournalEntry.objects.filter(verb="activate_second_factor", subject=user.journal_name).count() == 1
    assert has_second_factor(user)
    with clock.at(NOON), pytest.raises(RefusedInput, match="déjà active"):
        activate_second_factor(user, SECRET, code())


def test_no_secret_is_kept_readable() -> None:
    user = enrolled()
    kept = json.dumps([row.data for row in Authenticator.objects.filter(user=user)])
    assert SECRET not in kept
    assert not any(each.replace(" ", "") in kept for each in recovery_codes_of(user))


def test_a_code_serves_once() -> None:
    user = enrolled()
    with clock.at(NOON):
        check_second_factor(user, code())
    assert refusal(user, code()) == WRONG


def test_the_code_that_activated_does_not_open() -> None:
    assert refusal(enrolled(), code(-1)) == WRONG


def test_an_older_code_than_the_last_does_not_open() -> None:
    user = enrolled()
    with clock.at(NOON):
        check_second_factor(user, code(1))
    assert refusal(user, code()) == WRONG


def test_five_failures_close_for_five_minutes_even_to_the_right_code() -> None:
    user = enrolled()
    assert [refusal(user, "000000") for _ in range(6)] == [WRONG] * 5 + [TOO_MANY]
    assert refusal(user, code()) == TOO_MANY
    assert refusal(user, recovery_codes_of(user)[0]) == TOO_MANY
    later = NOON + datetime.timedelta(minutes=6)
    with clock.at(later):
        check_second_factor(user, code_at(SECRET, counter_of(later)))


def test_failures_of_one_agent_close_for_nobody_else() -> None:
    user, other = enrolled(), enrolled()
    for _ in range(6):
        refusal(user, "000000")
    with clock.at(NOON):
        check_second_factor(other, code())


def test_recovery_code_serves_once_and_is_counted() -> None:
    user = enrolled()
    spare = recovery_codes_of(user)[3]
    with clock.at(NOON):
        found = check_second_factor(user, spare)
    assert found.type == Authenticator.Type.RECOVERY_CODES
    assert recovery_codes_left(user) == 9
    assert refusal(user, spare) == WRONG


def test_renew_makes_the_former_codes_useless() -> None:
    user = enrolled()
    former = recovery_codes_of(user)
    with clock.at(NOON):
        renew_recovery_codes(user, code())
    fresh = recovery_codes_of(user)
    assert len(fresh) == 10
    assert not set(fresh) & set(former)
    assert refusal(user, former[0]) == WRONG


def test_another_secret_key_opens_to_nobody(settings: LazySettings) -> None:
    user = enrolled()
    settings.SECRET_KEY = "another"
    assert refusal(user, code()) == WRONG
    reset_second_factor(None, user)
    assert not has_second_factor(user)


def test_deactivate_needs_a_code_then_leaves_nothing() -> None:
    user = enrolled()
    with clock.at(NOON):
        with pytest.raises(RefusedInput):
            deactivate_second_factor(user, "000000")
        deactivate_second_factor(user, code())
    assert Authenticator.objects.filter(user=user).count() == 0


def test_deactivate_is_refused_to_a_role_that_requires_it(settings: LazySettings) -> None:
    settings.REQUIRE_SECOND_FACTOR = ["administrator"]
    user = enrolled()
    Role.objects.create(user=user, territory=make_places().lune, kind=RoleKind.ADMINISTRATOR)
    with clock.at(NOON), pytest.raises(RefusedInput, match="exige"):
        deactivate_second_factor(user, code())
    assert has_second_factor(user)


def test_resettable_agents_work_on_ones_territories_alone() -> None:
    places = make_places()
    actor = make_agent(places.lune)
    town = make_agent(places.vallieres, RoleKind.READER)
    both = make_agent(places.large)
    Role.objects.create(user=both, territory=places.vallieres, kind=RoleKind.READER)
    make_agent(places.large)
    make_agent(None)
    assert list(User.objects.filter(resettable_agents(actor))) == [town]
    assert not User.objects.filter(resettable_agents(town)).exists()
    assert not User.objects.filter(resettable_agents(None)).exists()


def test_reset_ends_her_sessions_and_tells_her() -> None:
    user, actor = enrolled(), make_agent(None)
    former = user.get_session_auth_hash()
    reset_second_factor(actor, user)
    send_all_due()
    assert User.objects.get(pk=user.pk).get_session_auth_hash() != former
    assert [(letter.to, "retirée" in letter.body) for letter in mail.outbox] == [
        ([user.email], False), ([user.email], True),
    ]  # fmt: skip
    entry = JournalEntry.objects.get(verb="reset_second_factor")
    assert (entry.actor, entry.subject) == (actor.journal_name, user.journal_name)
    with pytest.raises(RefusedInput, match="rien à effacer"):
        reset_second_factor(actor, user)


def test_erasing_an_agent_leaves_no_way_in() -> None:
    user = enrolled()
    EmailAddress.objects.create(user=user, email=f"canari-{user.email}")
    erase_person(None, user.email)
    left = [*Authenticator.objects.all(), *EmailAddress.objects.all(), *User.objects.all(), *JournalEntry.objects.all()]
    assert "exemple.fr" not in serializers.serialize("json", left)
    assert Authenticator.objects.count() == 0


def test_a_role_mistyped_in_the_settings_stops_the_program(settings: LazySettings) -> None:
    settings.REQUIRE_SECOND_FACTOR = ["administrateur"]
    with pytest.raises(ImproperlyConfigured, match="administrateur"):
        PeopleConfig.create("parvis.people").ready()
