from __future__ import annotations

import pytest

from parvis.consultations.enums import Kind, Origin
from parvis.consultations.models import Consultation, Contribution, Theme
from parvis.consultations.operations.themes import (
    NewTheme,
    add_theme,
    is_about_security,
    move_theme,
    remove_theme,
    update_theme,
)
from parvis.core.errors import RefusedInput
from parvis.people.models import User
from tests.places import make_agent, make_consultation, make_places

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> User:
    return make_agent(make_places().lune)


@pytest.fixture
def consultation(actor: User) -> Consultation:
    return make_consultation(actor, actor.roles.get().territory)


def test_add_theme_comes_last_with_its_other_names_once(actor: User, consultation: Consultation) -> None:
    theme = add_theme(actor, consultation, NewTheme("Mobilité", ("Transports", "TRANSPORTS", "mobilité", " ")))
    assert list(consultation.themes.all())[-1] == theme
    assert [(alias.label, alias.key) for alias in theme.aliases.all()] == [("Transports", "transports")]


@pytest.mark.parametrize("name", ["emploi  insertion", "Emploi / Insertion", "!!!"])
def test_add_theme_refuses_a_name_taken_or_without_letters(name: str, actor: User, consultation: Consultation) -> None:
    with pytest.raises(RefusedInput):
        add_theme(actor, consultation, NewTheme(name))


def test_update_theme_may_keep_its_own_name(actor: User, consultation: Consultation) -> None:
    theme = consultation.themes.all()[0]
    update_theme(actor, theme, NewTheme("Emploi / Insertion", ("Travail",)))
    assert [alias.label for alias in theme.aliases.all()] == ["Travail"]


def test_move_theme_stops_at_the_ends(actor: User, consultation: Consultation) -> None:
    first, second = consultation.themes.all()[:2]
    move_theme(actor, first, up=True)
    assert list(consultation.themes.all()[:2]) == [first, second]
    move_theme(actor, first, up=False)
    assert list(consultation.themes.all()[:2]) == [second, first]


def test_remove_theme_with_contributions_is_refused(actor: User, consultation: Consultation) -> None:
    theme = consultation.themes.all()[0]
    Contribution.objects.create(
        consultation=consultation, theme=theme, kind=Kind.CHALLENGE, text="Le bus", origin=Origin.ONLINE
    )
    with pytest.raises(RefusedInput):
        remove_theme(actor, theme)
    remove_theme(actor, consultation.themes.all()[1])
    assert consultation.themes.count() == 6


def test_remove_theme_keeps_the_last_one(actor: User, consultation: Consultation) -> None:
    consultation.themes.filter(position__gt=0).delete()
    with pytest.raises(RefusedInput):
        remove_theme(actor, consultation.themes.get())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Sécurité / Prévention de la délinquance", True),
        ("TRANQUILLITÉ PUBLIQUE", True),
        ("Santé / Sport", False),
    ],
)
def test_is_about_security_whatever_the_case_and_accents(name: str, expected: bool) -> None:
    assert is_about_security(Theme(name=name)) is expected
