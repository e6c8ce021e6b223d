import assert from "node:assert/strict";
import { test } from "node:test";
import { fileServedAs } from "../served.js";

const { boardOf, dotsLeft, folded, grown, roomView, tableOf } = await import(fileServedAs("room/js/model.js"));

const note = (reference, more = {}) => ({
  reference, kind: "challenge", theme: "t", text: reference, table: 1, family: null, duplicate_of: null, hidden: false,
  waiting: false, versions: 1, dots: 0, ...more,
});
const family = (reference, more = {}) => ({ reference, title: reference, table: 1, joined_into: null, hidden: false, dots: 0, ...more });
const op = (kind, body, more = {}) => ({ op_id: "o", kind, body, waits: true, ...more });
const mine = (more = {}) => ({ notes: [], dots: {}, heads: [], ...more });
const view = (ops, { notes = [], families = [], own = mine(), table = 1, ghosts } = {}) =>
  roomView({ snapshot: { notes, families, step: { kind: "challenges" } }, mine: own, ops, table, ghosts });
const texts = notes => notes.map(({ text }) => text);
const references = items => items.map(({ reference }) => reference);
const WRITE = op("note", { text: "Le bus", contribution_kind: "challenge", theme: "t" }, { op_id: "n1" });

test("a note written here is on the board once, before and after the server tells it", () => {
  assert.deepEqual(texts(tableOf(view([WRITE])).alone), ["Le bus"]);
  assert.deepEqual(references(tableOf(view([WRITE], { notes: [note("n1")] })).alone), ["n1"]);
});

test("words kept from a table are left out of it, and told to the one that wrote them", () => {
  const notes = [note("n1", { text: "", waiting: true }), note("n2", { text: "", waiting: true })];
  const own = mine({ notes: [{ reference: "n2", kind: "challenge", theme: "t", text: "Les siens" }] });
  assert.deepEqual(texts(tableOf(view([], { notes, own })).alone), ["Les siens"]);
});

test("a family made here takes notes and their dots", () => {
  const table = tableOf(view([op("family", { title: "Bouger", notes: ["n1"] }, { op_id: "f1" })], { notes: [note("n1", { dots: 3 }), note("n2")] }));
  assert.deepEqual(table.families.map(({ title, dots, notes }) => [title, dots, references(notes)]), [["Bouger", 3, ["n1"]]]);
  assert.deepEqual(references(table.alone), ["n2"]);
});

test("the last intention stands", () => {
  const now = view([op("edit", { of: "n1", text: "Un" }), op("edit", { of: "n1", text: "Deux", contribution_kind: "strength" })], { notes: [note("n1")] });
  assert.deepEqual([now.notes.get("n1").text, now.notes.get("n1").kind], ["Deux", "strength"]);
});

test("dots move the totals by what they change, and only until the server counted them", () => {
  const room = { notes: [note("n1", { dots: 5, family: "f1" })], families: [family("f1", { dots: 5 })], own: mine({ dots: { n1: 1 } }) };
  const placed = op("dot", { target: "n1", count: 3 });
  const now = view([placed], room);
  assert.deepEqual([now.notes.get("n1").dots, now.notes.get("n1").mine, now.families.get("f1").dots], [7, 3, 7]);
  assert.deepEqual(dotsLeft(now, 10), { limit: 10, left: 7 });
  const counted = view([{ ...placed, counted: true }], room);
  assert.deepEqual([counted.notes.get("n1").dots, counted.notes.get("n1").mine], [5, 3]);
});

test("what is hidden or waits is not on a phone", () => {
  assert.deepEqual(references(boardOf(view([], { notes: [note("n1", { hidden: true }), note("n2", { waiting: true }), note("n3")] })).alone), ["n3"]);
});

test("people of one organisation written in two ways are one line", () => {
  const count = (organisation, people) => op("attendance", { organisation, people });
  const heads = tableOf(view([count("Maison des œuvres", 2), count("maison des OEUVRES ", 3)])).heads;
  assert.deepEqual(heads.map(({ organisation, people }) => [organisation, people]), [["maison des OEUVRES ", 3]]);
});

test("a note taken away leaves the board, and comes back as it was seen", () => {
  const gone = op("withdraw", { of: "n1" }), back = op("withdraw", { of: "n1", withdrawn: false });
  assert.deepEqual(tableOf(view([gone], { notes: [note("n1")] })).alone, []);
  assert.deepEqual(references(tableOf(view([gone, back], { notes: [note("n1")] })).alone), ["n1"]);
  assert.deepEqual(references(tableOf(view([back], { ghosts: new Map([["n1", note("n1")]]) })).alone), ["n1"]);
});

test("a note said the same as another stands below it, and alone when that one goes", () => {
  const room = { notes: [note("n1"), note("n2", { duplicate_of: "n1" })] };
  const table = tableOf(view([], room));
  assert.deepEqual([references(table.alone), references(table.doubles.get("n1"))], [["n1"], ["n2"]]);
  const apart = tableOf(view([op("duplicate", { note: "n2", of: null })], room));
  assert.deepEqual([references(apart.alone), apart.doubles.size], [["n1", "n2"], 0]);
});

test("a table sees its families and those that hold its notes; the others it may choose", () => {
  const room = { notes: [note("n1", { family: "f2" })], families: [family("f1"), family("f2", { table: 2 }), family("f3", { table: 3 })] };
  const table = tableOf(view([], room));
  assert.deepEqual([references(table.families), references(table.others)], [["f1", "f2"], ["f3"]]);
});

test("notes of a family that was dissolved are in none", () => {
  const room = { notes: [note("n1", { family: "f1" })], families: [family("f1")] };
  assert.deepEqual(references(tableOf(view([op("withdraw", { of: "f1" })], room)).alone), ["n1"]);
});

test("what arrived is folded into what the server tells of this person, as it would tell it", () => {
  const before = mine({ notes: [{ reference: "n1", kind: "challenge", theme: "t", text: "Un" }], dots: { n1: 1 }, heads: [{ organisation: "CAF", people: 2 }] });
  const after = folded(before, [
    WRITE, op("edit", { of: "n1", text: "Deux" }), op("dot", { target: "f1", count: 2 }), op("attendance", { organisation: "C.A.F", people: 4 }),
    op("attendance", { organisation: "caf", people: 0 }), op("note", { text: "x", contribution_kind: "strength", theme: "t" }, { op_id: "n2" }), op("withdraw", { of: "n2" }),
  ]);
  assert.deepEqual(after, {
    notes: [{ reference: "n1", kind: "challenge", theme: "t", text: "Deux" }], dots: { n1: 1, f1: 2 }, heads: [{ organisation: "C.A.F", people: 4 }],
  });
  assert.equal(before.notes[0].text, "Un");
});

test("what moved since is put on what was known: rows by their reference, what left taken away, families by dots", () => {
  const before = { version: 4, title: "Atelier", notes: [note("a"), note("b")], families: [family("f", { dots: 2 }), family("g", { dots: 1 })] };
  const answer = { version: 6, since: 4, gone: ["a", "never-seen"], notes: [note("b", { text: "B" }), note("c")], families: [family("g", { dots: 5 })] };
  const now = grown(before, answer);
  assert.deepEqual([now.version, now.title, texts(now.notes)], [6, "Atelier", ["B", "c"]]);
  assert.deepEqual(now.families.map(({ reference, dots }) => [reference, dots]), [["g", 5], ["f", 2]]);
  assert.deepEqual(texts(before.notes), ["a", "b"]);
});

test("the whole room takes the place of what was known", () => {
  const answer = { version: 1_000_006, notes: [note("z")], families: [] };
  assert.deepEqual(grown({ version: 9, notes: [note("a")], families: [] }, answer), answer);
});
