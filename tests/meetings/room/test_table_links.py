"""The sign of a table opens that table, and no other can be made up."""

from __future__ import annotations

import pytest

from parvis.core import clock
from parvis.meetings.operations.room.table_links import find_table, table_path, table_token
from tests.meetings.room.scene import make_room

pytestmark = pytest.mark.django_db


def test_each_table_has_an_address_the_same_each_time_that_finds_it() -> None:
    board = make_room(tables=3).board
    paths = [table_path(board, table) for table in (1, 2, 3)]
    assert len(set(paths)) == 3
    assert paths == [table_path(board, table) for table in (1, 2, 3)]
    assert paths[1] == f"/atelier/table/{table_token(board, 2)}/"
    assert find_table(table_token(board, 2)) == (board, 2)


def test_a_seal_opens_its_own_table_only(settings: object) -> None:
    board = make_room(tables=3).board
    room, _, seal = table_token(board, 1).split("-", 2)
    for token in (f"{room}-2-{seal}", f"{room}-1-{seal[:-1]}", f"{room}-1-", f"{room}-01-{seal}", "", "-", "é-é-é",
                  f"{room}-²-{seal}", f"{room.lower()}-1-{seal}"):  # fmt: skip
        assert find_table(token) is None, token
    settings.SECRET_KEY = "another instance"  # type: ignore[attr-defined]
    assert find_table(f"{room}-1-{seal}") is None


def test_a_table_taken_away_or_a_meeting_hidden_closes_the_address() -> None:
    room = make_room(tables=3)
    token = table_token(room.board, 3)
    room.board.tables = 2
    room.board.save()
    assert find_table(token) is None
    room.board.tables = 3
    room.board.save()
    room.scene.meeting.hidden_at = clock.now()
    room.scene.meeting.save()
    assert find_table(token) is None
