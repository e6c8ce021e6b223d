import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { OutboxServer } from "../outbox-server.js";
import { newDevice, openPage, settled, stopTime } from "../page.js";

const META = { participant: "p-phone", key: "key", clock: "0", pages: "parvis-room-pages", worker: "/sw.js", home: "/atelier/", room: "K7PM3Q", live: "k", version: "1" };
const NOTE = { reference: "n1", kind: "challenge", theme: "emploi", text: "n1", table: 1, family: null, duplicate_of: null, versions: 1, dots: 0 };
const STATE = {
  table: null, mine: { notes: [], dots: {}, heads: [], photos: [], limit: 3 },
  room: { room: "K7PM3Q", version: 1, clock: 0, now: "2026-03-12T12:00:00Z", notes: [NOTE], families: [], themes: [], step: null, steps: [] },
};
const HTML = `<script type="application/json" id="device-state">${JSON.stringify(STATE)}</script>
  <p data-dots-left hidden><span data-left></span><span data-limit></span></p>
  <div id="board"><form data-dots="n1"><input name="target" value="n1"><button type="button" data-less>−</button>
    <input name="count" value="0"><button type="button" data-more>+</button><button>Placer</button></form></div>`;
let server;

beforeEach(() => { newDevice(); stopTime(); server = new OutboxServer(); });
afterEach(() => mock.timers.reset());

async function open() {
  const page = openPage({ html: HTML, path: "/atelier/K7PM3Q/", meta: META, fetch: server.fetch });
  const dots = await page.load("room/js/dots.js"), room = await page.load("room/js/room.js");
  dots.offerDots(page.one("#board"));
  await room.start();
  room.whenRoomMoves(view => dots.showDotsLeft(view, 3, true));
  await settled();
  const click = selector => page.one(selector).click();
  return { ...page, click, placed: () => room.view().notes.get("n1").mine, left: () => page.one("[data-left]").textContent };
}

test("one more, one less, and what is left", async () => {
  const page = await open();
  page.click("[data-more]");
  await settled();
  assert.deepEqual([page.placed(), page.left()], [1, "2"]);
  page.click("[data-less]");
  await settled();
  assert.deepEqual([page.placed(), page.left()], [0, "3"]);
});

test("two presses that follow at once are two dots", async () => {
  const page = await open();
  page.click("[data-more]");
  page.click("[data-more]");
  await settled(80);
  assert.deepEqual([page.placed(), page.left()], [2, "1"]);
});

test("never more than she has, however fast", async () => {
  const page = await open();
  for (let press = 0; press < 6; press += 1) page.click("[data-more]");
  await settled(200);
  assert.deepEqual([page.placed(), page.one("[data-more]").disabled, page.one("[name=count]").value], [3, true, "3"]);
});

test("a figure that is typed is the count, and is held to what she has", async () => {
  const page = await open();
  page.one("[name=count]").value = "9";
  page.one("[name=count]").dispatchEvent(new page.window.Event("change", { bubbles: true }));
  await settled();
  assert.deepEqual([page.placed(), page.one("[name=count]").value], [3, "3"]);
});

test("a device that keeps nothing sends the dots by the form", async () => {
  const page = await open();
  let submitted = 0;
  page.one("form").submit = () => { submitted += 1; };
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = () => { throw new Error("memory full"); };
  page.click("[data-more]");
  await settled();
  IDBObjectStore.prototype.put = put;
  assert.deepEqual([submitted, page.one("[name=count]").value], [1, "1"]);
});
