import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { openPage, settled } from "../page.js";

const NOON = Date.parse("2026-03-12T12:00:00Z"), HOUR = 3_600_000;
const HTML = '<p data-said></p><p data-clock></p><section data-part="board"><ul><li>avant</li></ul></section>';
let asked, answers;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: NOON });
  asked = [];
  answers = [];
});
afterEach(() => mock.timers.reset());

// One answer for each request; the last one is given again. `server`: its clock.
async function fetch(address, { headers: sent }) {
  asked.push(`${address} ${sent["X-Parvis-Key"] ?? ""}`.trim());
  const answer = answers.length > 1 ? answers.shift() : answers[0];
  if (!answer) throw new TypeError("Failed to fetch");
  const { status = 200, state, server = Date.now(), age = 0, headers = { "X-Parvis-Now": String(server), "X-Parvis-Age": String(age) } } = answer;
  return { status, ok: status < 300, redirected: false, headers: new Headers(headers), json: async () => { if (!state) throw new SyntaxError("not json"); return state; } };
}

async function open() {
  const page = openPage({ html: HTML, path: "/atelier/K7PM3Q/", meta: { room: "K7PM3Q", live: "k&y", audience: "room", version: "4" }, fetch });
  return { ...page, room: await page.load("room/js/follow.js"), status: () => page.one("[data-said]").textContent, clock: () => page.one("[data-clock]").textContent };
}
async function pass(milliseconds) { mock.timers.tick(milliseconds); await settled(5); }

test("the room is asked for what changed since the version that is known", async () => {
  answers = [{ state: { version: 5 } }, { status: 304 }];
  const { room } = await open(), changes = [];
  room.follow(async (state, read) => { changes.push([state.version, read]); return true; });
  await pass(2500);
  await pass(2500);
  assert.deepEqual(asked, ["/atelier/K7PM3Q/etat?since=4 k&y", "/atelier/K7PM3Q/etat?since=5 k&y"]);
  assert.equal(changes.length, 1);
});

test("a key too old is changed for another, by the session, and the room is asked at once", async () => {
  answers = [{ status: 403 }, { state: { key: "fresh" } }, { state: { version: 5 } }, { status: 304 }];
  const { room, status } = await open();
  room.follow(async () => true);
  await pass(2500);
  await pass(2500);
  assert.deepEqual(asked, [
    "/atelier/K7PM3Q/etat?since=4 k&y", "/atelier/K7PM3Q/cle/room", "/atelier/K7PM3Q/etat?since=4 fresh", "/atelier/K7PM3Q/etat?since=5 fresh",
  ]);
  assert.equal(status(), "");
});

test("a session that no longer opens the room says so", async () => {
  answers = [{ status: 403 }];
  const { room, status } = await open();
  room.follow(async () => true);
  await pass(2500);
  assert.equal(asked.length, 2);
  assert.match(status(), /rechargez-la/);
});

test("a change refused because someone is typing is asked for again", async () => {
  answers = [{ state: { version: 5 } }];
  const { room } = await open();
  let typing = true;
  room.follow(async () => !typing);
  await pass(2500);
  typing = false;
  await pass(2500);
  await pass(2500);
  assert.deepEqual(asked.map(address => address.split("since=")[1][0]), ["4", "4", "5"]);
});

test("the room was read when it was asked, less the age of what the server knew", async () => {
  answers = [{ state: { version: 5 }, age: 300 }];
  const { room } = await open(), reads = [];
  room.follow(async () => true, read => reads.push(read));
  await pass(2500);
  assert.deepEqual(reads, [NOON + 2500 - 300]);
});

test("when the network drops the page says so, asks less and less often, and takes up again", async () => {
  const { room, status } = await open();
  room.follow(async () => true);
  await pass(2500);
  assert.equal(status(), "Réseau coupé : ce qui est affiché date d'avant. La page se reliera d'elle-même.");
  await pass(2900);
  assert.equal(asked.length, 1);
  answers = [{ status: 304 }];
  await pass(2200);
  assert.deepEqual([asked.length, status()], [2, ""]);
});

test("the clock of the step is the server's, whatever this device believes", async () => {
  answers = [{ status: 304, server: NOON + HOUR + 2500 }];
  const { room, one, clock } = await open();
  one("[data-clock]").dataset.endsAt = new Date(NOON + HOUR + 65_000).toISOString();
  room.follow(async () => true);
  await pass(2500);
  await pass(500);
  assert.equal(clock(), "1:02");
});

test("what answers in the server's place does not set the clock", async () => {
  answers = [{ status: 404, headers: {} }];
  const { room, one, clock, status } = await open();
  one("[data-clock]").dataset.endsAt = new Date(NOON + 65_000).toISOString();
  room.follow(async () => true);
  await pass(2500);
  await pass(500);
  assert.equal(clock(), "1:02");
  assert.equal(status(), "Cette page n'est plus reliée à la salle : rechargez-la.");
});

test("a step that is over counts what is beyond, one that is paused stands still", async () => {
  const { one, clock } = await open();
  one("[data-clock]").dataset.endsAt = new Date(NOON - 5000).toISOString();
  await pass(1000);
  assert.deepEqual([clock(), one("[data-clock]").className], ["+ 0:06", "clock--over"]);
  one("[data-clock]").dataset.left = "90";
  await pass(1000);
  assert.equal(clock(), "1:30 en pause");
});

test("a site that cannot answer now is asked again later, the page is not told to reload", async () => {
  answers = [{ status: 503 }, { state: { version: 5 } }];
  const { room, status } = await open(), changes = [];
  room.follow(async state => { changes.push(state.version); return true; });
  await pass(2500);
  assert.match(status(), /se reliera d'elle-même/);
  await pass(6000);
  assert.deepEqual([changes, status()], [[5], ""]);
});
