// The projected screen reads its page again when it turns, in the place of a question.
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { openPage, settled } from "../page.js";

const NOON = Date.parse("2026-03-12T12:00:00Z");
let asked;

beforeEach(() => { mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: NOON }); asked = []; });
afterEach(() => mock.timers.reset());

const footer = (shown, since) => `<footer data-part="foot"><p data-turning data-count="3" data-start="0" data-shown="${shown}"
  data-now="${new Date(NOON).toISOString()}"${since ? ` data-since="${new Date(NOON).toISOString()}"` : ""}>${shown + 1}/3</p></footer>`;

async function open({ since }) {
  const fetch = async address => {
    asked.push(address.includes("/etat") ? "question" : "page");
    if (address.includes("/etat")) return { status: 304, ok: false, headers: new Headers({ "X-Parvis-Now": String(Date.now()), "X-Parvis-Age": "0" }) };
    const shown = Math.floor((Date.now() - NOON) / 12_000) % 3;
    return { ok: true, redirected: false, text: async () => `<!doctype html><body>${footer(shown, since)}</body>` };
  };
  const page = openPage({ html: footer(0, since), path: "/atelier/K7PM3Q/ecran/", meta: { room: "K7PM3Q", live: "k", audience: "screen", version: "4" }, fetch });
  await page.load("room/js/screen.js");
  return { shown: () => page.one("[data-turning]").textContent };
}
async function seconds(count) { for (let passed = 0; passed < count; passed += 1) { mock.timers.tick(1000); await settled(5); } }

test("its page turns every twelve seconds, read once each time", async () => {
  const { shown } = await open({ since: true });
  await seconds(11);
  assert.deepEqual([shown(), asked.includes("page")], ["1/3", false]);
  await seconds(2);
  assert.equal(shown(), "2/3");
  await seconds(12);
  assert.equal(shown(), "3/3");
  await seconds(12);
  assert.deepEqual([shown(), asked.filter(what => what === "page").length], ["1/3", 3]);
});

test("a page that is held is never read again for nothing", async () => {
  const { shown } = await open({ since: false });
  await seconds(60);
  assert.deepEqual([shown(), asked.includes("page")], ["1/3", false]);
});
