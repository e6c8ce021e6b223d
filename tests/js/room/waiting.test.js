import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { openPage, settled } from "../page.js";

const WAITS = "Cette page s'ouvre seule sur l'atelier dès que c'est possible.";
let asked, lands;

beforeEach(() => { mock.timers.enable({ apis: ["setTimeout"] }); asked = []; });
afterEach(() => mock.timers.reset());

// Where the room's address leads: a held phone is sent to the page where one waits.
async function fetch(address, { method }) {
  asked.push(`${method} ${address}`);
  if (!lands) throw new TypeError("Failed to fetch");
  return { ok: true, url: `http://127.0.0.1${lands}` };
}

async function open() {
  const page = openPage({ html: `<p data-waits>${WAITS}</p>`, path: "/atelier/K7PM3Q/attente/", meta: { room: "K7PM3Q" }, fetch });
  await page.load("room/js/waiting.js");
  return { words: () => page.one("[data-waits]").textContent };
}
async function pass(milliseconds) { mock.timers.tick(milliseconds); await settled(5); }

test("a held phone asks from time to time, and says when the network is lost", async () => {
  lands = "/atelier/K7PM3Q/attente/";
  const { words } = await open();
  await pass(5000);
  assert.deepEqual(asked, ["HEAD /atelier/K7PM3Q/"]);
  assert.equal(words(), WAITS);
  lands = "";
  await pass(7000);
  assert.match(words(), /Réseau coupé/);
  lands = "/atelier/K7PM3Q/attente/";
  await pass(7000);
  assert.equal(words(), WAITS);
  assert.equal(asked.length, 3);
});

test("once let in, it asks no more: the room opens", async () => {
  lands = "/atelier/K7PM3Q/";
  await open();
  await pass(5000);
  await pass(60_000);
  assert.equal(asked.length, 1);
});
