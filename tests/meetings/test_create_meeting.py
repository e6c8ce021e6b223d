from __future__ import annotations

import datetime
from collections.abc import Sequence

import pytest

from parvis.consultations.enums import Audience
from parvis.consultations.models import Consultation, Theme
from parvis.core.errors import ForbiddenMove, RefusedInput
from parvis.meetings.models import Meeting
from parvis.meetings.operations.create_meeting import MeetingDetails, create_meeting, default_audience
from parvis.meetings.operations.update_meeting import cancel_meeting, reinstate_meeting, update_meeting
from parvis.people.enums import RoleKind
from parvis.people.models import User
from parvis.territories.models import Territory
from tests.places import Places, make_agent, make_consultation, make_places

pytestmark = pytest.mark.django_db
START = datetime.datetime(2026, 3, 12, 13, tzinfo=datetime.UTC)


@pytest.fixture
def places() -> Places:
    return make_places()


@pytest.fixture
def actor(places: Places) -> User:
    return make_agent(places.lune)


@pytest.fixture
def consultation(actor: User, places: Places) -> Consultation:
    return make_consultation(actor, places.lune)


def _details(territory: Territory, themes: Sequence[Theme] = (), **changes: object) -> MeetingDetails:
    plain = {"title": "Atelier", "starts_at": START, "territory": territory, "themes": tuple(themes)}
    return MeetingDetails(**(plain | changes))  # type: ignore[arg-type]


def _security(consultation: Consultation) -> Theme:
    return consultation.themes.get(name__startswith="Sécurité")


def test_create_meeting_is_public_by_default(actor: User, consultation: Consultation, places: Places) -> None:
    themes = list(consultation.themes.all()[:2])
    meeting = create_meeting(actor, consultation, _details(places.tilleuls, themes))
    assert (meeting.audience, list(meeting.themes.all())) == (Audience.PUBLIC, themes)


def test_create_meeting_about_security_is_born_restricted(
    actor: User, consultation: Consultation, places: Places
) -> None:
    themes = [consultation.themes.all()[0], _security(consultation)]
    assert create_meeting(actor, consultation, _details(places.lune, themes)).audience == Audience.RESTRICTED
    chosen = create_meeting(actor, consultation, _details(places.lune, themes, audience=Audience.PUBLIC))
    assert chosen.audience == Audience.PUBLIC


def test_default_audience_is_the_most_reserved_of_the_themes(consultation: Consultation) -> None:
    first, second = consultation.themes.all()[:2]
    first.audience, second.audience = Audience.PARTNERS, Audience.TEAM
    assert default_audience([]) == Audience.PUBLIC
    assert default_audience([first]) == Audience.PARTNERS
    assert default_audience([first, second, _security(consultation)]) == Audience.TEAM


def test_create_meeting_reserved_is_refused_to_who_would_not_see_it(consultation: Consultation, places: Places) -> None:
    outsider = make_agent(places.lune, RoleKind.FACILITATOR)
    with pytest.raises(RefusedInput):
        create_meeting(outsider, consultation, _details(places.lune, [_security(consultation)]))
    assert Meeting.objects.count() == 0


def test_create_meeting_refuses_a_territory_or_a_theme_from_elsewhere(
    actor: User, consultation: Consultation, places: Places
) -> None:
    other = make_consultation(make_agent(places.large), places.large, slug="ailleurs")
    with pytest.raises(RefusedInput):
        create_meeting(actor, consultation, _details(places.large))
    with pytest.raises(RefusedInput):
        create_meeting(actor, consultation, _details(places.lune, [other.themes.all()[0]]))
    assert Meeting.objects.count() == 0


def test_create_meeting_refuses_to_end_before_it_starts(
    actor: User, consultation: Consultation, places: Places
) -> None:
    with pytest.raises(RefusedInput):
        create_meeting(actor, consultation, _details(places.lune, ends_at=START - datetime.timedelta(minutes=1)))


def test_update_meeting_writes_again_and_cancel_goes_both_ways(
    actor: User, consultation: Consultation, places: Places
) -> None:
    meeting = create_meeting(actor, consultation, _details(places.lune))
    update_meeting(actor, meeting, _details(places.vallieres, title="Café", people_count=12))
    meeting.refresh_from_db()
    assert (meeting.title, meeting.territory, meeting.people_count) == ("Café", places.vallieres, 12)
    with pytest.raises(ForbiddenMove):
        reinstate_meeting(actor, meeting)
    cancel_meeting(actor, meeting)
    with pytest.raises(ForbiddenMove):
        cancel_meeting(actor, meeting)
    reinstate_meeting(actor, meeting)
    meeting.refresh_from_db()
    assert meeting.cancelled_at is None
