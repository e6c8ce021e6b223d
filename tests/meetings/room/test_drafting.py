"""The board becomes minutes: every note in one place, families by dots, then an edition and threads."""

from __future__ import annotations

from typing import Any

import pytest

from parvis.consultations.models import Contribution
from parvis.core.errors import ForbiddenMove
from parvis.gathering.recount.verification import verify
from parvis.gathering.reports.draft import draft_report
from parvis.gathering.reports.published import meeting_report
from parvis.gathering.room.minutes import attendance_figures, workshop_introduction
from parvis.meetings.models import Minutes, MinutesLine
from parvis.meetings.operations.publish_minutes import publish_minutes
from parvis.meetings.operations.review import join_lines
from parvis.meetings.operations.room.drafting import HIDDEN, close_workshop, draft_workshop, is_drafted
from parvis.meetings.operations.room.running import close_room
from parvis.meetings.operations.take_back import redo_change, undo_change
from parvis.publishing.models import Edition
from tests.meetings.room.scene import Room, make_room
from tests.meetings.scene import items, picture

pytestmark = pytest.mark.django_db


def close(room: Room) -> Minutes:
    return close_workshop(room.scene.bob, room.board, workshop_introduction)


def told(minutes: Minutes) -> list[tuple[Any, ...]]:
    return [(line.kind, line.family, line.family_dots, line.text, line.dots) for line in items(minutes)]


def filled_room() -> Room:
    room = make_room()
    bus, car = room.note(room.secretary, "Le bus"), room.note(room.phone, "Le car")
    alone = room.note(room.other_phone, "Rien ici", kind="strength")
    loved = room.note(room.secretary, "Une navette", kind="proposal")
    room.family("Transports", bus, car)
    taxi = room.family("Taxis", loved)
    room.do(room.phone, "dot", target=car, count=2)
    room.do(room.phone, "dot", target=taxi, count=3)
    room.do(room.secretary, "attendance", organisation="CAF", people=2)
    room.do(room.secretary, "note", text="Il faut des bus", contribution_kind="challenge", conclusion=True)
    assert alone
    return room


def test_board_becomes_lines_in_order() -> None:
    minutes = close(filled_room())
    assert told(minutes) == [
        ("challenge", "Transports", 2, "Le car", 2),
        ("challenge", "Transports", 2, "Le bus", 0),
        ("challenge", "", 0, "Il faut des bus", 0),
        ("strength", "", 0, "Rien ici", 0),
        ("proposal", "Taxis", 3, "Une navette", 0),
    ]
    assert [line.conclusion for line in items(minutes)] == [False, False, True, False, False]


def test_introduction_counts_people_and_never_names_them() -> None:
    room = filled_room()
    paragraphs = workshop_introduction(room.board)
    assert paragraphs[1] == "Ont participé : CAF (2 personnes)."
    assert paragraphs[2] == "Les tables ont produit 5 notes, 2 familles d'idées et 5 gommettes."


def test_people_who_came_are_counted_on_the_meeting_unless_an_agent_wrote_them() -> None:
    room = filled_room()
    room.scene.meeting.organisation_count = 9
    room.scene.meeting.save()
    close_workshop(room.scene.bob, room.board, lambda _: (), attendance_figures)
    room.scene.meeting.refresh_from_db()
    assert (room.scene.meeting.people_count, room.scene.meeting.organisation_count) == (2, 9)


def test_draft_that_a_crash_cut_is_begun_again_and_written_once() -> None:
    room = filled_room()
    with pytest.raises(ForbiddenMove):
        draft_workshop(room.scene.bob, room.board, lambda _: ())
    close_room(room.scene.bob, room.board)  # then the process died
    draft_workshop(room.scene.bob, room.board, lambda _: ())
    with pytest.raises(ForbiddenMove):
        draft_workshop(room.scene.bob, room.board, lambda _: ())
    assert len(items(Minutes.objects.get())) == 5


def test_doubles_keep_their_words_and_lead_to_the_one_that_stands() -> None:
    room = make_room()
    bus, again, same = (room.note(room.secretary, text) for text in ("Le bus", "Les bus du soir", "le bus !"))
    for double in (again, same):
        room.do(room.secretary, "duplicate", note=double, of=bus)
    line = items(close(room))[0]
    assert (line.text, line.details) == ("Le bus", ["Les bus du soir"])
    assert [each.duplicate_of for each in Contribution.objects.filter(reference__in=[again, same])] == [
        line.contribution, line.contribution,
    ]  # fmt: skip


def test_ring_of_doubles_loses_nothing() -> None:
    room = make_room()
    one, other = room.note(room.secretary, "Le bus"), room.note(room.secretary, "Le car")
    room.do(room.secretary, "duplicate", note=one, of=other)
    room.do(room.secretary, "duplicate", note=other, of=one)
    line = close(room).lines.get(place="item")
    assert sorted([line.text, *line.details]) == ["Le bus", "Le car"]


def test_hidden_note_is_kept_aside_with_its_words() -> None:
    room = make_room()
    room.do(room.facilitator, "hide", of=room.note(room.phone, "À cacher"))
    line = close(room).lines.get(text="À cacher")
    assert (line.place, line.doubt) == ("aside", HIDDEN)


def test_introduction_counts_the_room_once_it_is_closed() -> None:
    room, seen = filled_room(), []
    close_workshop(room.scene.bob, room.board, lambda board: seen.append(board.state) or ())  # type: ignore[func-returns-value]
    assert seen == ["closed"]


@pytest.mark.parametrize("words", ["Les bus du soir", "Les élus sont des connards"])
def test_words_set_apart_are_never_below_the_note_that_says_the_same(words: str) -> None:
    room = make_room()
    bus, double = room.note(room.secretary, "Le bus"), room.note(room.secretary, words)
    room.do(room.secretary, "duplicate", note=double, of=bus)
    if words == "Les bus du soir":
        room.do(room.facilitator, "hide", of=double)
    minutes = close(room)
    assert [(line.text, line.details) for line in items(minutes)] == [("Le bus", [])]
    assert minutes.lines.get(place="aside").text == words


def test_dots_on_a_double_go_to_the_note_that_stands_for_it() -> None:
    room = make_room()
    bus, double = room.note(room.secretary, "Le bus"), room.note(room.secretary, "Les bus du soir")
    room.family("Transports", bus)
    room.do(room.phone, "dot", target=bus, count=1)
    room.do(room.phone, "dot", target=double, count=2)
    room.do(room.secretary, "duplicate", note=double, of=bus)
    state = room.state()
    assert ([note.dots for note in state.notes], state.families[0].dots, state.dots) == ([3, 0], 3, 3)
    assert told(close(room)) == [("challenge", "Transports", 3, "Le bus", 3)]


def test_title_of_a_family_that_was_hidden_is_not_in_the_minutes() -> None:
    room = make_room()
    family = room.family("Ce maire-là", room.note(room.secretary, "Le bus"))
    room.do(room.facilitator, "hide", of=family)
    assert told(close(room)) == [("challenge", "", 0, "Le bus", 0)]


def test_draft_of_the_room_can_be_taken_back() -> None:
    room = filled_room()
    minutes = close(room)
    before = picture(minutes)
    undo_change(room.scene.alice, minutes)
    assert MinutesLine.objects.count() == 0
    assert Contribution.objects.count() == 5
    assert not is_drafted(room.board)
    redo_change(room.scene.alice, minutes)
    assert picture(minutes) == before
    assert is_drafted(room.board)


def test_published_report_holds_every_note_by_family_and_contributions_are_its_notes() -> None:
    room = filled_room()
    minutes = close(room)
    room.scene.ready(minutes)
    edition = publish_minutes(room.scene.alice, minutes)
    report = meeting_report(room.scene.meeting)
    assert report is not None
    shown = [
        (kind.kind, family.title, family.dots, [item.text for item in family.items])
        for theme in report.themes for kind in theme.kinds for family in kind.families
    ]  # fmt: skip
    assert shown == [
        ("challenge", "Transports", 2, ["Le car", "Le bus"]),
        ("challenge", "Autres contributions", 0, ["Il faut des bus"]),
        ("strength", "", 0, ["Rien ici"]),
        ("proposal", "Taxis", 3, ["Une navette"]),
    ]
    published = Contribution.objects.filter(state="visible")
    assert set(published.values_list("origin", flat=True)) == {"workshop"}
    assert published.count() == Contribution.objects.count() == 5
    assert Edition.objects.get() == edition
    assert verify().problems == []


def test_notes_taken_in_by_a_gesture_lead_to_their_line_once_published() -> None:
    room = make_room()
    room.note(room.secretary, "Le bus")
    room.note(room.secretary, "Le car")
    minutes = close(room)
    first, second = items(minutes)
    join_lines(room.scene.alice, minutes, [first.code, second.code])
    room.scene.ready(minutes)
    publish_minutes(room.scene.alice, minutes)
    assert [(each.text, each.state) for each in Contribution.objects.filter(duplicate_of=None)] == [
        (items(minutes)[0].text, "visible")
    ]
    assert Contribution.objects.exclude(duplicate_of=None).get().duplicate_of == items(minutes)[0].contribution


def test_draft_report_shows_families_before_publication() -> None:
    report = draft_report(close(filled_room()))
    assert [family.title for family in report.themes[0].kinds[0].families] == ["Transports", "Autres contributions"]
