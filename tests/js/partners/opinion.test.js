import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { OutboxServer } from "../outbox-server.js";
import { newDevice, openPage, settled, stopTime } from "../page.js";

const META = { participant: "p-alice", key: "key-alice", clock: "0", pages: "parvis-pages", worker: "/sw.js", home: "/partenaires/" };
const VALUES = ["strengthen", "continue", "adapt", "reconsider", "unknown", "no_view", "out_of_scope"];
let server;

beforeEach(() => { newDevice(); stopTime(); server = new OutboxServer(); });
afterEach(() => mock.timers.reset());

const html = ({ value = "", comment = "" } = {}) => `
  <form id="avis" data-opinion="s1" action="/partenaires/fiches/s1/avis/">
    ${VALUES.map(code => `<input type="radio" name="value" value="${code}"${code === value ? " checked" : ""}>`).join("")}
    <p data-without-script>La suite enregistre.</p>
    <textarea name="comment">${comment}</textarea>
    <select name="relation"><option value="" selected>Choisissez…</option><option value="funder">Financeur</option></select>
  </form>
  <form data-withdraw hidden><button name="withdraw">Retirer mon avis</button></form>
  <nav class="onward"><p data-state></p><a href="https://parvis.test/partenaires/fiches/s0/">Précédente</a>
    <button form="avis" data-next="/partenaires/fiches/s2/">Suivante</button></nav>`;

async function open({ html: content = html(), meta = {} } = {}) {
  const page = openPage({ html: content, path: "/partenaires/fiches/s1/", meta: { ...META, ...meta }, fetch: server.fetch });
  await page.load("partners/js/opinion.js");
  await settled();
  const form = page.one("form");
  return {
    ...page, form,
    tap(value) {
      const choice = page.one(`[value=${value}]`);
      choice.checked = true;
      choice.dispatchEvent(new page.window.Event("change", { bubbles: true }));
      return settled();
    },
    type(text) {
      form.elements.comment.value = text;
      form.elements.comment.dispatchEvent(new page.window.Event("input", { bubbles: true }));
      return settled();
    },
    press(key, target = page.document.activeElement ?? page.document.body) {
      const event = new page.window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
      target.dispatchEvent(event);
      return settled().then(() => event.defaultPrevented);
    },
    withdraw() {
      page.one("[data-withdraw]").dispatchEvent(new page.window.Event("submit", { bubbles: true, cancelable: true }));
      return settled();
    },
    state: () => page.one("[data-state]").textContent,
    chosen: () => [...page.document.querySelectorAll("[name=value]")].filter(choice => choice.checked).map(choice => choice.value),
  };
}

async function pass(milliseconds) { mock.timers.tick(milliseconds); await settled(); }
const bodies = () => server.sent.map(({ kind, sheet, value, comment, relation }) => ({ kind, sheet, value, comment, relation }));
const opinion = body => ({ kind: "opinion", sheet: "s1", value: undefined, comment: undefined, relation: undefined, ...body });

test("one tap saves, and the words about the form are for those who have no script", async () => {
  const page = await open();
  assert.equal(page.one("[data-without-script]").hidden, true);
  await page.tap("adapt");
  assert.deepEqual(bodies(), [opinion({ value: "adapt" })]);
  assert.equal(page.state(), "Enregistré.");
});

test("a figure does the same as a tap, but in a field where it is typed", async () => {
  const page = await open();
  await page.press("3", page.form.elements.comment);
  assert.deepEqual(bodies(), []);
  await page.press("3", page.document.body);
  assert.deepEqual(bodies(), [opinion({ value: "adapt" })]);
  assert.deepEqual(page.chosen(), ["adapt"]);
});

test("arrows move without answering, Enter answers, and once more goes on", async () => {
  const page = await open(), [first, second] = page.document.querySelectorAll("[name=value]");
  first.focus();
  assert.equal(await page.press("ArrowDown"), true);
  assert.equal(page.document.activeElement, second);
  await page.press("ArrowUp");
  await page.press("ArrowUp");
  assert.deepEqual([page.document.activeElement.value, page.chosen(), bodies()], ["out_of_scope", [], []]);
  await page.press("ArrowRight");
  await page.press("ArrowRight");
  await page.press("Enter");
  assert.deepEqual([page.chosen(), page.assigned], [["continue"], []]);
  await page.press("Enter");
  assert.deepEqual([page.assigned, bodies()], [["/partenaires/fiches/s2/"], [opinion({ value: "continue" })]]);
});

test("a key that repeats goes no further than one answer, and never answers by an arrow", async () => {
  const page = await open(), [first] = page.document.querySelectorAll("[name=value]");
  first.focus();
  const repeated = new page.window.KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, cancelable: true, repeat: true });
  first.dispatchEvent(repeated);
  assert.equal(repeated.defaultPrevented, true);
  assert.deepEqual(page.chosen(), []);
});

test("Enter goes on from the page, and is left to a link or to a text", async () => {
  const page = await open();
  await page.press("Enter", page.form.elements.comment);
  await page.press("Enter", page.one(".onward a"));
  assert.deepEqual(page.assigned, []);
  await page.press("Enter", page.document.body);
  assert.deepEqual([page.assigned, bodies()], [["/partenaires/fiches/s2/"], []]);
});

test("a comment leaves once the typing pauses, as it stands then", async () => {
  const page = await open();
  await page.type("Trop");
  await pass(500);
  await page.type("Trop tôt");
  await pass(500);
  assert.deepEqual(bodies(), []);
  assert.equal(page.state(), "Pas encore enregistré…");
  await pass(500);
  assert.deepEqual(bodies(), [opinion({ comment: "Trop tôt" })]);
});

test("the next page waits until what was typed is written down", async () => {
  server.failures = Array(9).fill("before");
  const page = await open();
  await page.type("Trop tôt");
  page.form.requestSubmit();
  assert.deepEqual(page.assigned, []);
  await settled();
  assert.deepEqual(page.assigned, ["/partenaires/fiches/s2/"]);
  const device = await page.load("parvis/js/device.js");
  assert.deepEqual((await device.operationsToSend()).map(op => op.body), [{ sheet: "s1", comment: "Trop tôt" }]);
});

test("an opinion is taken back with its comment, though the comment was still being typed", async () => {
  const page = await open({ html: html({ value: "adapt" }) });
  await page.type("Trop tôt");
  await page.withdraw();
  await pass(5000);
  assert.deepEqual(bodies(), [opinion({ value: null, comment: "" })]);
  assert.deepEqual(page.chosen(), []);
  assert.equal(page.state(), "Avis retiré.");
  assert.equal(page.one("[data-withdraw]").hidden, true);
  await page.tap("continue");
  assert.equal(page.state(), "Enregistré.");
});

test("a sheet without an answer never says that one is saved", async () => {
  server.failures = Array(2).fill("before");
  await (await open()).tap("adapt");
  const other = await open({ html: html().replace('data-opinion="s1"', 'data-opinion="s2"') });
  assert.equal(other.state(), "En attente (1)");
  await pass(60_000);
  assert.equal(other.state(), "Réponses envoyées.");
});

test("a page kept from before shows what was answered on this device since", async () => {
  server.failures = Array(9).fill("before");
  const first = await open();
  await first.tap("reconsider");
  await first.type("Trop cher");
  await pass(1000);
  mock.timers.reset();
  stopTime();
  server.failures = Array(9).fill("before");
  const second = await open();
  assert.deepEqual(second.chosen(), ["reconsider"]);
  assert.equal(second.form.elements.comment.value, "Trop cher");
  assert.equal(second.state(), "En attente (1)");
});

test("a device that keeps nothing: the form goes by its button, and the page says so", async () => {
  Object.defineProperty(globalThis, "indexedDB", { configurable: true, get() { throw new Error("refused"); } });
  const page = await open();
  assert.equal(page.one("[data-without-script]").hidden, false);
  assert.match(page.state(), /^Cet appareil ne garde rien/);
  await page.tap("adapt");
  assert.deepEqual(bodies(), []);
  const leaving = new page.window.Event("beforeunload", { cancelable: true });
  page.window.dispatchEvent(leaving);
  assert.equal(leaving.defaultPrevented, true);
});

test("an answer that the device could not keep is never told as saved because another one arrived", async () => {
  server.failures = ["before"];
  const page = await open();
  await page.tap("adapt");
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = () => { throw new Error("memory full"); };
  await page.tap("continue");
  IDBObjectStore.prototype.put = put;
  assert.match(page.state(), /^Cet appareil ne garde rien/);
  await pass(2000);
  assert.deepEqual(bodies(), [opinion({ value: "adapt" })]);
  assert.match(page.state(), /^Cet appareil ne garde rien/);
});
