"""Whatever is written in a room, in any order: what moved since any version makes of it the room as it is."""

from __future__ import annotations

import importlib
import random
import uuid
from typing import Any

import pytest
from django.apps import apps

from parvis.consultations.models import Participant
from parvis.gathering.room.snapshot import RoomAudience
from parvis.meetings.models import RowVersion
from tests.meetings.room.devices import State, answered, catch_up, fresh_process, snapshots
from tests.meetings.room.scene import Room, make_room

pytestmark = pytest.mark.django_db


class Crowd:
    """People who write anything about anything: notes, families, references that have not come yet."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.room: Room = make_room(dots_per_person=3, approve_first=bool(seed % 2))
        self.notes = [str(uuid.UUID(int=self.draw.getrandbits(128), version=4)) for _ in range(8)]
        self.families = [str(uuid.UUID(int=self.draw.getrandbits(128), version=4)) for _ in range(4)]
        self.owners: dict[str, Participant] = {}
        self.clock = 0

    def note(self) -> str:
        return self.draw.choice(self.notes)

    def family(self) -> str:
        return self.draw.choice(self.families)

    def either(self) -> str:
        return self.draw.choice([self.note(), self.family()])

    def write(self) -> None:
        """One operation; its clock goes back as often as it goes on."""
        room, draw = self.room, self.draw
        new = draw.choice(["note", "family"])
        kinds: dict[str, tuple[Participant, dict[str, Any]]] = {
            "note": (room.phone, {"op_id": self.note(), "text": "Le bus", "contribution_kind": "challenge",
                                  "theme": room.scene.jobs.code}),
            "family": (room.facilitator, {"op_id": self.family(), "title": "Famille", "notes": []}),
            "edit": (room.facilitator, {"of": self.note(), "text": draw.choice(["Le car", "Quelle connerie"])}),
            "withdraw": (room.facilitator, {"of": self.either(), "withdrawn": draw.random() < 0.5}),
            "move": (room.facilitator, {"of": draw.choice([None, self.family()]), "notes": [self.note()]}),
            "rename": (room.facilitator, {"of": self.family(), "title": draw.choice("abc")}),
            "duplicate": (room.facilitator, {"note": self.note(), "of": draw.choice([None, self.note()])}),
            "join": (room.facilitator, {"note": self.family(), "of": draw.choice([None, self.family()])}),
            "hide": (room.facilitator, {"of": self.either(), "hidden": draw.random() < 0.5}),
            "promote": (room.facilitator, {"of": self.either()}),
            "dot": (draw.choice([room.phone, room.other_phone, room.secretary]),
                    {"target": self.either(), "count": draw.randint(0, 3)}),
            "attendance": (room.secretary,
                           {"organisation": draw.choice(["CAF", "CCAS"]), "people": draw.randint(0, 2)}),
        }  # fmt: skip
        kind = draw.choices([new, *kinds], [4, *([1] * len(kinds))])[0]
        who, body = kinds[kind]
        self.clock += draw.choice([-2, -1, 1, 2, 3])
        name = {"move": "family", "join": "duplicate", "rename": "edit"}.get(kind, kind)
        op = {"op_id": str(uuid.uuid4()), "seq": max(1, self.clock), "kind": name, "room": room.board.room, **body}
        room.send(who, op, device="d")


@pytest.mark.parametrize("seed", range(8))
def test_a_device_at_any_version_catches_up(seed: int) -> None:
    crowd = Crowd(seed)
    seen: list[dict[RoomAudience, State]] = []
    for _ in range(60):
        crowd.write()
        process = fresh_process(crowd.room.board)
        for known in [*seen[-1:], *crowd.draw.sample(seen, min(2, len(seen)))]:
            catch_up(known, process)
        seen.append(snapshots(process))


def test_dots_move_only_what_counts_them() -> None:
    room = make_room()
    alone, held = room.note(room.phone, "Seule"), room.note(room.phone, "Rangée")
    family = room.family("Famille", held)
    before = answered(room.board, 0)["version"]
    room.do(room.phone, "dot", target=held, count=2)
    answer = answered(room.board, before)
    assert [note["reference"] for note in answer["notes"]] == [held]
    assert [each["reference"] for each in answer["families"]] == [family]
    room.do(room.phone, "dot", target=alone, count=1)
    assert [note["reference"] for note in answered(room.board, answer["version"])["notes"]] == [alone]


def test_a_family_of_many_notes_that_gets_another_title_is_one_row() -> None:
    room = make_room()
    family = room.family("Famille", *(room.note(room.phone, f"Note {rank}") for rank in range(5)))
    before = answered(room.board, 0)["version"]
    room.do(room.facilitator, "edit", of=family, title="Autre")
    answer = answered(room.board, before)
    assert (answer["notes"], [each["title"] for each in answer["families"]]) == ([], ["Autre"])


def test_a_batch_is_one_version() -> None:
    room = make_room()
    before = answered(room.board, 0)["version"]
    room.send(room.phone, *(room.note_op(f"Note {rank}") for rank in range(5)))
    assert answered(room.board, 0)["version"] == before + 1
    assert set(RowVersion.objects.values_list("version", flat=True)) == {before + 1}


def test_a_correction_that_brings_a_note_back_moves_the_family_that_counts_its_dots() -> None:
    room = make_room()
    note = room.note(room.phone, "Le bus")
    family = room.family("Famille", note)
    room.do(room.phone, "dot", target=note, count=2)
    room.do(room.phone, "withdraw", of=note)
    before = answered(room.board, 0)["version"]
    room.do(room.phone, "edit", of=note, text="Le car")
    families = answered(room.board, before)["families"]
    assert [(each["reference"], each["dots"]) for each in families] == [(family, 2)]


def test_people_counted_at_a_table_move_what_its_dots_are_on() -> None:
    room = make_room(dots_per_person=1)
    note = room.note(room.secretary, "Le bus")
    room.do(room.secretary, "dot", target=note, count=10)
    before = answered(room.board, 0)["version"]
    room.do(room.secretary, "attendance", organisation="CAF", people=4)
    assert [(each["reference"], each["dots"]) for each in answered(room.board, before)["notes"]] == [(note, 4)]


def test_rows_of_a_room_that_was_before_versions_are_given_its_own() -> None:
    room = make_room()
    note, gone = room.note(room.phone, "Le bus"), room.note(room.phone, "Le car")
    family = room.family("Famille", note)
    room.do(room.phone, "withdraw", of=gone)
    known = answered(room.board, 0)["version"]
    RowVersion.objects.all().delete()
    migration = importlib.import_module("parvis.meetings.migrations.0011_give_row_versions")
    migration.give_versions(apps, None)
    answer = answered(room.board, known - 1)
    assert ([each["reference"] for each in answer["notes"] + answer["families"]], answer["gone"]) == (
        [note, family], [gone]
    )  # fmt: skip
    answer = answered(room.board, known)
    assert (answer["notes"], answer["families"], answer["gone"]) == ([], [], [])
