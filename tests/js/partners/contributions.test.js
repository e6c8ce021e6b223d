import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { OutboxServer } from "../outbox-server.js";
import { newDevice, openPage, settled, stopTime } from "../page.js";

const META = { participant: "p-alice", key: "key-alice", clock: "0", pages: "parvis-pages", worker: "/sw.js", home: "/partenaires/" };
let server;

beforeEach(() => { newDevice(); stopTime(); server = new OutboxServer(); });
afterEach(() => mock.timers.reset());

const form = (of = "") => `
  <form data-note="${of}" action="/partenaires/contributions/">
    <fieldset class="field"><legend>C'est…</legend>
      <input type="radio" name="contribution_kind" id="kind_0" value="challenge" data-missing="Choisissez la nature.">
      <input type="radio" name="contribution_kind" id="kind_1" value="strength" data-missing="Choisissez la nature."></fieldset>
    <div class="field"><label class="field__label" for="theme">Thématique</label>
      <select name="theme" id="theme" data-missing="Choisissez la thématique."><option value="">Choisir</option><option value="emploi">Emploi</option></select></div>
    <div class="field"><label class="field__label" for="text">En quelques mots</label>
      <textarea name="text" id="text" data-missing="Écrivez."></textarea></div>
    <button>Ajouter</button><button name="withdraw" value="1">La retirer</button>
    <a href="https://parvis.test/partenaires/contributions/" data-back>Annuler</a><p data-outbox></p>
  </form>`;
const LIST = '<ul data-waiting-notes></ul><div data-mine><span data-change-of="n-1"></span></div>';

async function open(html) {
  const page = openPage({ html, path: "/partenaires/contributions/", meta: META, fetch: server.fetch });
  await page.load("partners/js/contributions.js");
  await settled();
  const shown = page.one("form");
  return {
    ...page, form: shown,
    fill({ kind = "challenge", theme = "emploi", text }) {
      for (const choice of shown.elements.contribution_kind) choice.checked = choice.value === kind;
      shown.elements.theme.value = theme;
      shown.elements.text.value = text;
    },
    press(selector = "button") { page.one(selector).click(); return settled(); },
    waiting: () => [...page.document.querySelectorAll("[data-waiting-notes] p:not(.row__meta)")].map(text => text.textContent),
    state: () => page.one("[data-outbox]").textContent,
  };
}

async function pass(milliseconds) { mock.timers.tick(milliseconds); await settled(); }

test("a contribution is written, and the field is ready for the next", async () => {
  const page = await open(form() + LIST);
  page.fill({ text: "Le bus" });
  await page.press();
  assert.deepEqual(server.sent.map(({ kind, text, theme, contribution_kind }) => [kind, text, theme, contribution_kind]), [["note", "Le bus", "emploi", "challenge"]]);
  assert.deepEqual([page.form.elements.text.value, page.state()], ["", "Enregistré."]);
});

test("after each contribution its kind and its theme are asked again", async () => {
  const page = await open(form() + LIST);
  page.fill({ text: "Le bus" });
  await page.press();
  assert.deepEqual([page.form.querySelector("[name=contribution_kind]:checked"), page.form.elements.theme.value], [null, ""]);
  page.form.elements.text.value = "Le marché";
  await page.press();
  assert.deepEqual(server.sent.map(op => op.text), ["Le bus"]);
  assert.equal(page.form.elements.text.value, "Le marché");
});

test("what another page sent is not told as saved here, nor beside what is missing", async () => {
  const device = await (await open(form() + LIST)).load("parvis/js/device.js");
  await device.storeOperation("opinion", { sheet: "s1", value: "adapt" }, "opinion:s1");
  const other = await open(form() + LIST);
  assert.equal(other.state(), "Réponses envoyées.");
  other.fill({ theme: "", text: "Le bus" });
  await other.press();
  assert.equal(other.state(), "");
  other.fill({ text: "Le bus" });
  await other.press();
  assert.equal(other.state(), "Enregistré.");
});

test("what waited here is told as saved once it has arrived", async () => {
  server.failures = ["before"];
  const page = await open(form() + LIST);
  page.fill({ text: "Le bus" });
  await page.press();
  const again = await open(form() + LIST);
  assert.equal(again.state(), "Enregistré.");
});

test("one without its kind, its theme or its words is not sent; what was typed stays", async () => {
  const page = await open(form() + LIST);
  page.fill({ theme: "", text: "Le bus" });
  await page.press();
  assert.deepEqual([server.sent.length, page.form.elements.text.value], [0, "Le bus"]);
  const summary = page.one("[data-errors]");
  assert.equal(page.document.activeElement, summary);
  assert.deepEqual([...summary.querySelectorAll("li")].map(line => line.textContent), ["Thématique : Choisissez la thématique."]);
  const { theme } = page.form.elements;
  assert.deepEqual([theme.getAttribute("aria-invalid"), page.one(`#${theme.getAttribute("aria-describedby")}`).textContent], ["true", "Choisissez la thématique."]);
  page.fill({ text: "Le bus" });
  await page.press();
  assert.deepEqual([server.sent.length, page.one("[data-errors]"), page.one(".field--error"), theme.getAttribute("aria-invalid")], [1, null, null, null]);
});

test("what waits is shown, and is still there when the page is opened again", async () => {
  server.failures = Array(9).fill("before");
  const page = await open(form() + LIST);
  page.fill({ text: "Le marché" });
  await page.press();
  assert.deepEqual(page.waiting(), ["Le marché"]);
  mock.timers.reset();
  stopTime();
  assert.deepEqual((await open(form() + LIST)).waiting(), ["Le marché"]);
});

test("words that were refused come back into the form by a button", async () => {
  server.verdicts.note = { status: "rejected", detail: "La thématique est fermée." };
  const page = await open(form() + LIST);
  page.fill({ text: "Le bus" });
  await page.press();
  assert.deepEqual(page.waiting(), ["Le bus"]);
  page.form.elements.text.value = "Autre chose";
  await page.press("[data-waiting-notes] button");
  assert.equal(page.form.elements.text.value, "Autre chose");
  assert.equal(page.state(), "Ajoutez ou effacez d'abord ce que vous écrivez.");
  page.form.elements.text.value = "";
  await page.press("[data-waiting-notes] button");
  assert.deepEqual([page.form.elements.text.value, page.waiting()], ["Le bus", []]);
});

test("words that may have arrived are taken back by a withdrawal of their own", async () => {
  server.failures = ["after"];
  const page = await open(form() + LIST);
  page.fill({ text: "Le bus" });
  await page.press();
  await page.press("[data-waiting-notes] button");
  assert.equal(page.form.elements.text.value, "Le bus");
  await pass(3000);
  const [note] = server.sent;
  assert.deepEqual(server.sent.map(op => [op.kind, op.of ?? op.op_id]), [["note", note.op_id], ["note", note.op_id], ["withdraw", note.op_id]]);
});

test("a correction waits under its own name, and leaves to the list", async () => {
  const page = await open(form("n-1"));
  page.fill({ kind: "strength", text: "Corrigé" });
  await page.press();
  assert.deepEqual(server.sent.map(({ kind, of, text }) => [kind, of, text]), [["edit", "n-1", "Corrigé"]]);
  assert.deepEqual(page.assigned, ["https://parvis.test/partenaires/contributions/"]);
});

test("a correction that waits is told beside what it corrects, and is found again on its page", async () => {
  server.failures = Array(9).fill("before");
  const page = await open(form("n-1"));
  page.fill({ kind: "strength", text: "Corrigé" });
  await page.press();
  mock.timers.reset();
  stopTime();
  const list = await open(form() + LIST);
  assert.equal(list.one("[data-change-of]").textContent, "Correction en attente");
  const again = await open(form("n-1"));
  assert.deepEqual([again.form.elements.text.value, again.form.elements.contribution_kind.value], ["Corrigé", "strength"]);
});

test("a withdrawal asks for no word, and takes the place of a correction that was not sent", async () => {
  server.failures = ["before", "before"];
  const page = await open(form("n-1"));
  const device = await page.load("parvis/js/device.js");
  await device.storeOperation("edit", { of: "n-1", text: "Corrigé" }, "edit:n-1");
  page.form.elements.text.value = "";
  await page.press("[name=withdraw]");
  assert.deepEqual((await device.ownOperations()).map(op => [op.kind, op.body.of]), [["withdraw", "n-1"]]);
});

test("a device that cannot keep a text leaves it in the form, which then goes as any form", async () => {
  server.failures = ["before"];
  const page = await open(form() + LIST);
  page.fill({ text: "Le marché" });
  await page.press();
  page.fill({ text: "Le bus" });
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = () => { throw new Error("memory full"); };
  await page.press();
  IDBObjectStore.prototype.put = put;
  assert.equal(page.form.elements.text.value, "Le bus");
  await pass(2000);
  assert.deepEqual(server.sent.map(op => op.text), ["Le marché"]);
  assert.match(page.state(), /^Cet appareil ne garde rien/);
});
