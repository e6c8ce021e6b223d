import assert from "node:assert/strict";
import { test } from "node:test";
import { fileServedAs } from "../served.js";

const { inverseOf } = await import(fileServedAs("room/js/inverse.js"));
const { roomView } = await import(fileServedAs("room/js/model.js"));

const note = (reference, more = {}) => ({ reference, kind: "challenge", theme: "t", text: reference, table: 1, family: null, duplicate_of: null, dots: 0, ...more });
const SNAPSHOT = { notes: [note("n1", { family: "f1" }), note("n2")], families: [{ reference: "f1", title: "f1", table: 1, dots: 0 }], step: null };
const MINE = { notes: [], dots: { n1: 2 }, heads: [{ organisation: "CAF", people: 3 }] };
const viewAfter = ops => roomView({ snapshot: SNAPSHOT, mine: MINE, ops: ops.map(op => ({ waits: true, ...op })), table: 1 });

// What the board shows, without what is only told of its sending.
function shown(view) {
  const notes = [...view.notes.values()].filter(({ withdrawn }) => !withdrawn).map(({ reference, text, kind, family, duplicate_of, mine }) => ({ reference, text, kind, family, duplicate_of, mine }));
  const families = [...view.families.values()].filter(({ withdrawn }) => !withdrawn).map(({ reference, title }) => ({ reference, title }));
  const heads = [...view.heads.values()].filter(({ people }) => people).map(({ organisation, people }) => ({ organisation, people }));
  return { notes, families, heads };
}

const CASES = {
  "a note is written": { op_id: "n9", kind: "note", body: { text: "x", contribution_kind: "challenge", theme: "t" } },
  "a text is corrected": { op_id: "o", kind: "edit", body: { of: "n1", text: "x" } },
  "a kind is corrected": { op_id: "o", kind: "edit", body: { of: "n1", contribution_kind: "strength" } },
  "a family is named": { op_id: "o", kind: "edit", body: { of: "f1", title: "x" } },
  "a note is taken away": { op_id: "o", kind: "withdraw", body: { of: "n1" } },
  "notes are taken out of their families": { op_id: "o", kind: "family", body: { of: null, notes: ["n1", "n2"] } },
  "notes go into a family": { op_id: "o", kind: "family", body: { of: "f1", notes: ["n2"] } },
  "a family is made": { op_id: "f9", kind: "family", body: { title: "x", notes: ["n1"] } },
  "a note is said the same as another": { op_id: "o", kind: "duplicate", body: { note: "n2", of: "n1" } },
  "dots are placed": { op_id: "o", kind: "dot", body: { target: "n1", count: 4 } },
  "people are counted": { op_id: "o", kind: "attendance", body: { organisation: "CAF", people: 5 } },
  "people are counted for the first time": { op_id: "o", kind: "attendance", body: { organisation: "CPAM", people: 1 } },
};

for (const [what, op] of Object.entries(CASES)) {
  test(`${what}: undone the board is as before, done again it is as after`, () => {
    const before = viewAfter([]), after = viewAfter([op]);
    const { undo, redo } = inverseOf(op, before);
    const undone = undo.map((step, place) => ({ op_id: `u${place}`, ...step })), again = redo.map((step, place) => ({ op_id: `r${place}`, ...step }));
    assert.notDeepEqual(shown(after), shown(before));
    assert.deepEqual(shown(viewAfter([op, ...undone])), shown(before));
    assert.deepEqual(shown(viewAfter([op, ...undone, ...again])), shown(after));
  });
}

test("what this device never saw has no way back", () => {
  assert.deepEqual(inverseOf({ op_id: "o", kind: "edit", body: { of: "elsewhere", text: "x" } }, viewAfter([])), { undo: [], redo: [] });
});
