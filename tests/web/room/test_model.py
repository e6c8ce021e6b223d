"""The board as a device computes it: what the scripts do without a browser, run by node."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from parvis.web import room

SCRIPTS = Path(room.__file__).parent / "static" / "room" / "js"
SERVED = Path(__file__).parents[2] / "js" / "setup.js"
NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="node is not on this machine: the browser tests see the same")
PROGRAM = """
const { roomView, tableOf, boardOf, folded, dotsLeft } = await import(process.argv[1] + "/model.js");
const { inverseOf } = await import(process.argv[1] + "/inverse.js");
const given = JSON.parse(process.argv[2]);
const all = map => [...map.values()];
const ways = [];
let ops = [];
for (const op of given.ops) { ways.push(inverseOf(op, roomView({ ...given, ops }))); ops = [...ops, op]; }
const view = roomView({ ...given, ops: given.ops }), table = tableOf(view);
console.log(JSON.stringify({
  notes: all(view.notes), families: all(view.families), heads: all(view.heads), ways, table, board: boardOf(view),
  mine: folded(given.mine, given.ops), left: dotsLeft(view, 10),
}));
"""


def note(reference: str, **more: Any) -> dict[str, Any]:
    standing = {
        "reference": reference, "kind": "challenge", "theme": "t", "text": reference, "table": 1, "family": None,
        "duplicate_of": None, "hidden": False, "waiting": False, "versions": 1, "dots": 0,
    }  # fmt: skip
    return standing | more


def family(reference: str, **more: Any) -> dict[str, Any]:
    standing = {"reference": reference, "title": reference, "table": 1, "joined_into": None, "hidden": False, "dots": 0}
    return standing | more


def op(kind: str, op_id: str = "o", **body: Any) -> dict[str, Any]:
    return {"op_id": op_id, "kind": kind, "body": body, "waits": True}


def run(
    *ops: dict[str, Any], notes: tuple[Any, ...] = (), families: tuple[Any, ...] = (), dots: Any = None
) -> dict[str, Any]:
    given = {
        "snapshot": {"notes": notes, "families": families, "step": {"kind": "challenges"}},
        "mine": {"notes": [], "dots": dots or {}, "heads": []},
        "ops": ops,
        "table": 1,
    }
    told = subprocess.run(
        [str(NODE), "--import", str(SERVED), "--input-type=module", "-e", PROGRAM, "--", str(SCRIPTS),
         json.dumps(given)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def test_note_written_here_is_on_the_board_until_the_server_tells_it_once() -> None:
    write = op("note", "n1", text="Le bus", contribution_kind="challenge", theme="t")
    assert [each["text"] for each in run(write)["table"]["alone"]] == ["Le bus"]
    assert [each["reference"] for each in run(write, notes=(note("n1"),))["table"]["alone"]] == ["n1"]


def test_family_made_here_takes_notes_and_their_dots() -> None:
    told = run(op("family", "f1", title="Bouger", notes=["n1"]), notes=(note("n1", dots=3), note("n2")))
    assert [(each["title"], each["dots"], [held["reference"] for held in each["notes"]])
            for each in told["table"]["families"]] == [("Bouger", 3, ["n1"])]  # fmt: skip
    assert [each["reference"] for each in told["table"]["alone"]] == ["n2"]


def test_last_intention_stands() -> None:
    told = run(
        op("edit", of="n1", text="Un"), op("edit", of="n1", text="Deux", contribution_kind="strength"),
        notes=(note("n1"),),
    )  # fmt: skip
    assert [(each["text"], each["kind"]) for each in told["notes"]] == [("Deux", "strength")]


def test_dots_move_totals_by_what_they_change_and_only_until_the_server_counted_them() -> None:
    place = op("dot", target="n1", count=3)
    standing = {"notes": (note("n1", dots=5, family="f1"),), "families": (family("f1", dots=5),), "dots": {"n1": 1}}
    told = run(place, **standing)
    assert (told["notes"][0]["dots"], told["notes"][0]["mine"], told["families"][0]["dots"]) == (7, 3, 7)
    assert told["left"] == {"limit": 10, "left": 7}
    counted = run(place | {"counted": True}, **standing)
    assert (counted["notes"][0]["dots"], counted["notes"][0]["mine"]) == (5, 3)


def test_what_is_hidden_or_waits_is_not_on_a_phone() -> None:
    told = run(notes=(note("n1", hidden=True), note("n2", waiting=True), note("n3")))
    assert [each["reference"] for each in told["board"]["alone"]] == ["n3"]


def test_heads_of_one_organisation_written_two_ways_are_one_line() -> None:
    names = (("Préfecture", 2), ("prefecture ", 3))
    told = run(*(op("attendance", organisation=name, people=people) for name, people in names))
    assert [(each["organisation"], each["people"]) for each in told["heads"]] == [("prefecture ", 3)]


@pytest.mark.parametrize(
    ("done", "undo"),
    [
        (op("note", "n9", text="x", contribution_kind="challenge", theme="t"), [("withdraw", {"of": "n9"})]),
        (op("edit", of="n1", text="x"), [("edit", {"of": "n1", "text": "n1"})]),
        (op("edit", of="f1", title="x"), [("edit", {"of": "f1", "title": "f1"})]),
        (op("withdraw", of="n1"), [("withdraw", {"of": "n1", "withdrawn": False})]),
        (op("family", of=None, notes=["n1", "n2"]),
         [("family", {"of": "f1", "notes": ["n1"]}), ("family", {"of": None, "notes": ["n2"]})]),
        (op("family", "f9", title="x", notes=["n1"]),
         [("family", {"of": "f1", "notes": ["n1"]}), ("withdraw", {"of": "f9"})]),
        (op("duplicate", note="n2", of="n1"), [("duplicate", {"note": "n2", "of": None})]),
        (op("dot", target="n1", count=4), [("dot", {"target": "n1", "count": 2})]),
        (op("attendance", organisation="CAF", people=4), [("attendance", {"organisation": "CAF", "people": 0})]),
    ],
)  # fmt: skip
def test_each_gesture_has_its_way_back(done: dict[str, Any], undo: list[tuple[str, dict[str, Any]]]) -> None:
    told = run(done, notes=(note("n1", family="f1"), note("n2")), families=(family("f1"),), dots={"n1": 2})
    assert [(each["kind"], each["body"]) for each in told["ways"][0]["undo"]] == undo
