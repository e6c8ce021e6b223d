from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parvis.consultations.models import Consultation
from parvis.meetings.models import Meeting, Minutes
from parvis.meetings.operations.create_meeting import MeetingDetails, create_meeting
from parvis.people.enums import RoleKind
from parvis.people.models import User
from tests.places import Places, make_agent
from tests.web.desk.conftest import signed_in

LIST = "/gestion/rencontres/"
START = datetime.datetime(2026, 12, 1, 13, tzinfo=datetime.UTC)


@pytest.fixture
def meeting(admin: User, consultation: Consultation, places: Places) -> Meeting:
    return create_meeting(admin, consultation, MeetingDetails("Atelier emploi", START, places.lune))


def _form(places: Places, **changes: object) -> dict[str, object]:
    plain = {"kind": "workshop", "title": "Atelier", "on": "2026-03-12", "starts": "14:00", "ends": "17:00",
             "territory": places.tilleuls.code}  # fmt: skip
    return plain | changes


def test_new_meeting_is_at_the_hour_of_paris(desk: Client, consultation: Consultation, places: Places) -> None:
    answer = desk.post(f"/gestion/concertations/{consultation.code}/rencontres/nouvelle/", _form(places))
    made = Meeting.objects.get()
    assert answer["Location"] == f"{LIST}{made.code}/"
    assert made.starts_at == datetime.datetime(2026, 3, 12, 13, tzinfo=datetime.UTC)
    assert (made.audience, made.territory) == ("public", places.tilleuls)


def test_new_meeting_about_security_is_born_restricted_unless_chosen(
    desk: Client, consultation: Consultation, places: Places
) -> None:
    address = f"/gestion/concertations/{consultation.code}/rencontres/nouvelle/"
    security = consultation.themes.get(name__startswith="Sécurité").code
    desk.post(address, _form(places, themes=[security]))
    desk.post(address, _form(places, themes=[security], audience="partners", title="Autre"))
    assert list(Meeting.objects.order_by("pk").values_list("audience", flat=True)) == ["restricted", "partners"]


def test_new_meeting_with_everything_wrong_ties_errors_to_fields(
    desk: Client, consultation: Consultation, places: Places
) -> None:
    answer = desk.post(
        f"/gestion/concertations/{consultation.code}/rencontres/nouvelle/",
        _form(places, title="", on="hier", ends="13:00", territory=places.large.code, people_count="-3", themes=["x"]),
    )
    assert answer.status_code == 422
    assert sorted(answer.context["form"].errors) == ["ends", "on", "people_count", "territory", "themes", "title"]
    assert Meeting.objects.count() == 0


def test_edit_meeting_shows_what_is_known_and_saves(desk: Client, meeting: Meeting, places: Places) -> None:
    page = desk.get(f"{LIST}{meeting.code}/modifier/").content.decode()
    assert 'value="2026-12-01"' in page
    assert 'value="14:00"' in page
    answer = desk.post(f"{LIST}{meeting.code}/modifier/", _form(places, title="Autre", ends="", people_count="12"))
    assert answer["Location"] == f"{LIST}{meeting.code}/"
    meeting.refresh_from_db()
    assert (meeting.title, meeting.ends_at, meeting.people_count) == ("Autre", None, 12)


def test_cancel_meeting_asks_first_and_can_be_undone(desk: Client, meeting: Meeting) -> None:
    address = f"{LIST}{meeting.code}/annuler/"
    assert desk.get(address).status_code == 200
    for expected in (True, False):
        desk.post(address)
        meeting.refresh_from_db()
        assert (meeting.cancelled_at is not None) is expected


def test_meeting_pages_of_other_territories_do_not_exist(meeting: Meeting, places: Places) -> None:
    stranger = signed_in(make_agent(places.large))
    for path in ("", "modifier/", "annuler/"):
        assert stranger.get(f"{LIST}{meeting.code}/{path}").status_code == 404
    assert stranger.post(f"{LIST}{meeting.code}/annuler/").status_code == 404
    assert list(stranger.get(LIST).context["page"].object_list) == []


def test_meeting_reserved_to_the_team_is_hidden_from_other_agents(meeting: Meeting, places: Places) -> None:
    Meeting.objects.update(audience="restricted")
    other = signed_in(make_agent(places.lune, RoleKind.COORDINATOR))
    assert other.get(f"{LIST}{meeting.code}/").status_code == 404
    assert list(other.get(LIST).context["page"].object_list) == []
    assert "Atelier emploi" not in other.get("/gestion/").content.decode()


def test_minutes_that_also_cover_a_reserved_meeting_are_not_named(
    admin: User, meeting: Meeting, consultation: Consultation, places: Places
) -> None:
    reserved = create_meeting(
        admin, consultation, MeetingDetails("Cellule de veille", START, places.lune, audience="team")
    )
    minutes = Minutes.objects.create(consultation=consultation, title="Deux rencontres, dont une fermée")
    minutes.meetings.add(meeting, reserved)
    outsider, insider = signed_in(make_agent(places.lune, RoleKind.COORDINATOR)), signed_in(admin)
    for path in (f"{LIST}{meeting.code}/", LIST, "/gestion/"):
        assert "dont une fermée" not in outsider.get(path).content.decode()
        assert "Compte-rendu : brouillon" not in outsider.get(path).content.decode()
    assert "dont une fermée" in insider.get(f"{LIST}{meeting.code}/").content.decode()


def test_meeting_is_read_and_not_changed_by_a_reader(meeting: Meeting, places: Places) -> None:
    reader = signed_in(make_agent(places.lune, RoleKind.READER))
    assert reader.get(f"{LIST}{meeting.code}/").status_code == 200
    assert reader.get(f"{LIST}{meeting.code}/modifier/").status_code == 403
    assert reader.post(f"{LIST}{meeting.code}/annuler/").status_code == 403


def test_list_of_meetings_is_filtered_without_accents(desk: Client, meeting: Meeting) -> None:
    assert [each.code for each in desk.get(LIST, {"text": "ÉMPLOI atelier"}).context["page"]] == [meeting.code]
    assert list(desk.get(LIST, {"text": "logement"}).context["page"]) == []
    assert desk.get(LIST, {"consultation": "inconnue"}).status_code == 200


def test_list_of_meetings_asks_as_much_for_one_as_for_sixty(
    desk: Client, meeting: Meeting, admin: User, places: Places
) -> None:
    def ask() -> list[int]:
        counts = []
        for path in (LIST, "/gestion/", f"/gestion/concertations/{meeting.consultation.code}/"):
            with CaptureQueriesContext(connection) as queries:
                assert desk.get(path).status_code == 200
            counts.append(len(queries))
        return counts

    before = ask()
    for number in range(59):
        create_meeting(admin, meeting.consultation, MeetingDetails(f"Atelier {number}", START, places.lune))
    assert ask() == before
