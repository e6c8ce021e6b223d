import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { openPage, stopTime } from "../page.js";

const FORM = '<form method="post" action="/ajouter/"><input type="hidden" name="seen" value="title:1"><input type="hidden" name="rich"><input name="title" value="Ancien"><textarea name="text"></textarea><select name="kind"><option value="a" selected>A</option><option value="b">B</option></select><input type="checkbox" name="themes" value="t1"><input type="checkbox" name="themes" value="t2"><input type="password" name="code"><button>Ajouter</button></form>';
const LONG = "Un long texte";
let device;

beforeEach(() => {
  mock.timers.reset();
  device = {};
  Object.defineProperty(globalThis, "localStorage", { configurable: true, get: () => storage });
  stopTime();
});

const storage = new Proxy({
  getItem: key => device[key] ?? null,
  setItem: (key, value) => { if (device.full) throw new Error("full"); device[key] = value; },
  removeItem: key => { delete device[key]; },
}, { ownKeys: () => Object.keys(device), getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) });

const drafts = () => Object.keys(device).filter(key => key.startsWith("parvis-draft ")).map(key => JSON.parse(device[key]));

// `agent`: who is signed in; none on the sign-in pages. `saved`: the names of the drafts that the server says saved.
async function open({ path = "/gestion/glossaire/", agent = "u-1", html = FORM, saved = "", posted = "" } = {}) {
  const page = openPage({ html, path, meta: agent ? { agent, saved, posted } : {} });
  await page.load("desk/js/drafts.js");
  const form = page.one("form");
  return {
    ...page, form,
    type(values) {
      for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
      form.dispatchEvent(new page.window.Event("input", { bubbles: true }));
      mock.timers.tick(500);
    },
    notice: () => page.one("form .notice")?.textContent,
    press: words => [...page.document.querySelectorAll("form .notice button")].find(button => button.textContent === words).click(),
    send: () => page.one("form > button").click(),
  };
}

test("what was typed before a reload or a crash is offered, and comes back when it is taken", async () => {
  const page = await open();
  page.form.querySelector('[value="t2"]').checked = true;
  page.form.elements.rich.value = "<h2>Titre</h2>";
  page.type({ title: "Nouveau", text: LONG, kind: "b", code: "secret" });
  const again = await open();
  assert.match(again.notice(), /^Un brouillon de ce formulaire, du .+, est gardé sur cet appareil/);
  assert.equal(again.form.elements.text.value, "");
  again.press("Le reprendre");
  const values = ["title", "text", "kind", "code", "seen", "rich"].map(name => again.form.elements[name].value);
  assert.deepEqual(values, ["Nouveau", LONG, "b", "", "title:1", "<h2>Titre</h2>"]);
  assert.deepEqual([...again.form.querySelectorAll("[name=themes]")].map(box => box.checked), [false, true]);
  assert.match(again.notice(), /Rien n'est encore enregistré/);
  assert.ok(!JSON.stringify(device).includes("secret"));
});

test("what the page had seen comes back too, so that the save is compared", async () => {
  (await open()).type({ text: LONG });
  const again = await open({ html: FORM.replace("title:1", "title:2") });
  again.press("Le reprendre");
  assert.equal(again.form.elements.seen.value, "title:1");
});

test("a draft that is not wanted goes", async () => {
  (await open()).type({ text: LONG });
  (await open()).press("L'effacer");
  assert.deepEqual([drafts().length, (await open()).notice()], [0, undefined]);
});

test("a form put back as it was leaves no draft", async () => {
  const page = await open();
  page.type({ text: LONG });
  page.type({ text: "" });
  assert.equal(drafts().length, 0);
});

test("a draft goes when the server says that it is saved, and not before", async () => {
  const page = await open();
  page.type({ text: LONG });
  page.send();
  const { name } = drafts()[0];
  assert.equal(page.form.elements.draft.value, name);
  assert.match((await open()).notice(), /Un brouillon/);  // the network lost the answer
  await open({ path: "/gestion/", saved: `x ${name}` });
  assert.equal(drafts().length, 0);
});

test("a refused form is not offered what it already shows, and one save ends both", async () => {
  const page = await open();
  page.type({ text: LONG });
  page.send();
  const refused = await open({ posted: "1", html: FORM.replace("<textarea name=\"text\">", `<textarea name="text">${LONG}`) });
  assert.equal(refused.notice(), undefined);
  refused.type({ title: "Corrigé" });
  refused.send();
  assert.deepEqual(drafts().map(draft => [draft.name, draft.values.title[0]]), [[refused.form.elements.draft.value, "Corrigé"]]);
});

test("the page that a button of the form drew again already holds what was typed", async () => {
  const page = await open();
  page.type({ text: LONG });
  page.send();
  const drawn = await open({ posted: "1", html: FORM.replace('value="Ancien"', 'value="Monté"') });
  assert.equal(drawn.notice(), undefined);
});

test("once signed in again after her session had ended, her words are back without asking", async () => {
  const page = await open();
  page.type({ text: LONG });
  page.send();
  await open({ path: "/connexion/", agent: "" });
  const again = await open();
  assert.equal(again.form.elements.text.value, LONG);
  assert.equal(again.notice(), "Votre session s'était terminée : ce que vous aviez écrit est revenu. Rien n'est encore enregistré.");
});

test("another agent who signs in does not read it, and it is gone for good", async () => {
  (await open()).type({ text: LONG });
  const page = await open({ agent: "u-2" });
  assert.deepEqual([page.notice(), drafts().length], [undefined, 0]);
});

test("signing out leaves nothing on the device", async () => {
  (await open()).type({ text: LONG });
  const page = await open({ path: "/quitter/", agent: "", html: '<form method="post" data-sign-out><button>Quitter</button></form>' });
  page.send();
  assert.equal(drafts().length, 0);
});

test("a draft is dropped after a week", async () => {
  (await open()).type({ text: LONG });
  const [key, draft] = [Object.keys(device)[0], drafts()[0]];
  device[key] = JSON.stringify({ ...draft, at: Date.now() - 6 * 24 * 3600 * 1000 });
  assert.match((await open()).notice(), /Un brouillon/);
  device[key] = JSON.stringify({ ...draft, at: Date.now() - 8 * 24 * 3600 * 1000 });
  assert.deepEqual([(await open()).notice(), drafts().length], [undefined, 0]);
});

test("it waits for its own page and its own form", async () => {
  (await open()).type({ text: LONG });
  assert.equal((await open({ path: "/gestion/" })).notice(), undefined);
  assert.equal((await open({ html: FORM.replace("/ajouter/", "/autre/") })).notice(), undefined);
});

test("two pages that are typed in at once keep a draft each", async () => {
  const [one, other] = [await open(), await open()];
  one.type({ text: "Un" });
  other.type({ text: "Deux" });
  assert.deepEqual(drafts().map(draft => draft.values.text[0]).sort(), ["Deux", "Un"]);
});

test("a device that cannot keep it says so at once", async () => {
  const page = await open();
  device.full = true;
  page.type({ text: LONG });
  assert.match(page.one("form [role=alert]").textContent, /enregistrez sans attendre/);
});

test("leaving with words unsaved asks first; sending them does not", async () => {
  const page = await open(), leave = () => {
    const event = new page.window.Event("beforeunload", { cancelable: true });
    page.window.dispatchEvent(event);
    return event.defaultPrevented;
  };
  assert.equal(leave(), false);
  page.type({ text: LONG });
  assert.equal(leave(), true);
  page.send();
  assert.equal(leave(), false);
});

test("a form of one line keeps nothing", async () => {
  const page = await open({ html: '<form method="post"><input name="title"><button>Ajouter</button></form>' });
  page.type({ title: "Nouveau" });
  assert.equal(drafts().length, 0);
});
