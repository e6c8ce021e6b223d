// What a table writes: undone and done again, kept when the device cannot keep it, corrected one field at a time.
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { OutboxServer } from "../outbox-server.js";
import { newDevice, openPage, settled, stopTime } from "../page.js";

const META = { participant: "p-table", key: "key", clock: "0", pages: "parvis-room-pages", worker: "/sw.js", home: "/atelier/", room: "K7PM3Q", live: "k", version: "1" };
const note = (reference, more = {}) => ({ reference, kind: "challenge", theme: "emploi", text: reference, table: 1, family: null, duplicate_of: null, versions: 1, dots: 0, ...more });
const STATE = {
  table: 1, mine: { notes: [], dots: {}, heads: [], photos: [], limit: 5 },
  room: { room: "K7PM3Q", version: 1, clock: 0, now: "2026-03-12T12:00:00Z", notes: [note("n1")], families: [], themes: [], step: null, steps: [] },
};
const HTML = `<script type="application/json" id="device-state">${JSON.stringify(STATE)}</script>
  <button data-undo disabled></button><button data-redo disabled></button>
  <dialog id="correction"><form data-correct-form>
    <input type="radio" name="correct_kind" value="challenge"><input type="radio" name="correct_kind" value="strength">
    <select name="theme"><option value="emploi">Emploi</option><option value="sante">Santé</option></select>
    <textarea name="text"></textarea><p data-correct-error hidden></p>
    <button value="save">Enregistrer</button><button type="button" data-withdraw>Retirer</button><button type="button" data-split>Couper</button>
  </form><section data-versions hidden><ul data-versions-list></ul></section></dialog>`;
let server;

beforeEach(() => { newDevice(); stopTime(); server = new OutboxServer(); });
afterEach(() => mock.timers.reset());

async function open() {
  const page = openPage({ html: HTML, path: "/atelier/K7PM3Q/", meta: META, fetch: server.fetch });
  const undo = await page.load("room/js/undo.js"), editor = await page.load("room/js/note-editor.js"), room = await page.load("room/js/room.js");
  undo.offerUndo();
  editor.offerCorrections();
  await room.start();
  await settled();
  const form = page.one("form");
  return {
    ...page, form, undo, editor, room,
    async press(selector) { page.one(selector).click(); await settled(); },
    texts: () => [...room.view().notes.values()].filter(({ withdrawn }) => !withdrawn).map(({ text }) => text),
  };
}
const bodies = () => server.sent.map(({ kind, ...body }) => { delete body.op_id; delete body.seq; delete body.room; return [kind, body]; });

test("a change is on the board at once, is undone and done again by operations of its own", async () => {
  const page = await open();
  await page.undo.applyChange([{ kind: "edit", body: { of: "n1", text: "Le bus" } }]);
  await settled();
  assert.deepEqual(page.texts(), ["Le bus"]);
  await page.press("[data-undo]");
  assert.deepEqual(page.texts(), ["n1"]);
  await page.press("[data-redo]");
  assert.deepEqual(page.texts(), ["Le bus"]);
  assert.deepEqual(bodies(), [["edit", { of: "n1", text: "Le bus" }], ["edit", { of: "n1", text: "n1" }], ["edit", { of: "n1", text: "Le bus" }]]);
  assert.deepEqual([page.one("[data-undo]").disabled, page.one("[data-redo]").disabled], [false, true]);
});

test("several operations made as one are undone as one, the last first", async () => {
  const page = await open();
  await page.undo.applyChange([{ kind: "edit", body: { of: "n1", text: "Le bus" } }, { kind: "note", body: { contribution_kind: "strength", theme: "emploi", text: "Le marché" } }]);
  await settled();
  assert.deepEqual(page.texts(), ["Le bus", "Le marché"]);
  await page.press("[data-undo]");
  assert.deepEqual(bodies().slice(2).map(([kind]) => kind), ["withdraw", "edit"]);
  assert.deepEqual(page.texts(), ["n1"]);
});

test("two changes of one note that follow at once are each undone to what stood before them", async () => {
  const page = await open();
  page.undo.applyChange([{ kind: "edit", body: { of: "n1", text: "Le bus" } }]);
  page.undo.applyChange([{ kind: "edit", body: { of: "n1", text: "Le train" } }]);
  await settled(80);
  await page.press("[data-undo]");
  assert.deepEqual(page.texts(), ["Le bus"]);
  await page.press("[data-undo]");
  assert.deepEqual(page.texts(), ["n1"]);
});

test("only what was changed in a note is sent: someone else may be changing the rest", async () => {
  const page = await open();
  page.editor.openNote("n1");
  page.form.elements.theme.value = "sante";
  await page.press("[value=save]");
  assert.deepEqual(bodies(), [["edit", { of: "n1", theme: "sante" }]]);
  assert.equal(page.one("dialog").open, false);
});

test("a note is cut in two where the cursor is; without a cursor in the text, nothing is sent", async () => {
  const page = await open();
  page.editor.openNote("n1");
  page.form.elements.text.value = "Le bus. Le train.";
  page.form.elements.text.setSelectionRange(0, 0);
  await page.press("[data-split]");
  assert.deepEqual([bodies(), page.one("[data-correct-error]").hidden], [[], false]);
  page.form.elements.text.setSelectionRange(7, 7);
  await page.press("[data-split]");
  assert.deepEqual(bodies(), [
    ["edit", { of: "n1", text: "Le bus." }],
    ["note", { contribution_kind: "challenge", theme: "emploi", text: "Le train.", split_from: "n1" }],
  ]);
});

test("a correction that the device cannot keep stays in the dialog, which says so", async () => {
  const page = await open();
  page.editor.openNote("n1");
  page.form.elements.text.value = "À ne pas perdre";
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = () => { throw new Error("memory full"); };
  await page.press("[value=save]");
  IDBObjectStore.prototype.put = put;
  assert.deepEqual([page.one("dialog").open, page.form.elements.text.value, page.one("[data-correct-error]").hidden], [true, "À ne pas perdre", false]);
});

test("what is written stays on the board when the page is closed before it leaves", async () => {
  server.failures = Array(9).fill("before");
  const first = await open();
  await first.undo.applyChange([{ kind: "note", body: { contribution_kind: "strength", theme: "emploi", text: "Le marché" } }]);
  await settled();
  mock.timers.reset();
  stopTime();
  assert.deepEqual((await open()).texts(), ["n1", "Le marché"]);
});
