import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { openPage } from "../page.js";

const FORM = '<form method="post" action="/ajouter/"><input name="title" value="Ancien"><textarea name="text"></textarea><input type="password" name="code"><button>Ajouter</button></form>';
let tab;

beforeEach(() => {
  tab = new Map();
  Object.defineProperty(globalThis, "sessionStorage", {
    configurable: true,
    value: { getItem: key => tab.get(key) ?? null, setItem: (key, value) => tab.set(key, value), removeItem: key => tab.delete(key) },
  });
});

// `agent`: who is signed in; none on the sign-in pages.
async function open({ path = "/gestion/glossaire/", agent = "u-1", html = FORM } = {}) {
  const page = openPage({ html, path, meta: agent ? { agent } : {} });
  await page.load("parvis/js/typed-text.js");
  const form = page.one("form");
  return {
    ...page, form,
    send(values) {
      for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
      page.one("button").click();
    },
    notice: () => page.one("form .notice")?.textContent,
  };
}

test("what was typed is back once its author has signed in again, and says that it is not saved", async () => {
  (await open()).send({ title: "Nouveau", text: "Un long texte", code: "secret" });
  await open({ path: "/connexion/", agent: "" });
  const page = await open();
  assert.deepEqual(["title", "text", "code"].map(name => page.form.elements[name].value), ["Nouveau", "Un long texte", ""]);
  assert.equal(page.notice(), "Votre session s'était terminée : ce que vous aviez écrit est revenu. Rien n'est encore enregistré.");
  assert.deepEqual([...tab.values()].filter(value => value.includes("secret")), []);
  const again = await open();
  assert.deepEqual([again.form.elements.text.value, again.notice()], ["", undefined]);
});

test("a form that the server answered is not given back", async () => {
  (await open()).send({ text: "Un long texte" });
  const page = await open();
  assert.deepEqual([page.form.elements.text.value, tab.size], ["", 0]);
});

test("another agent who signs in does not read it", async () => {
  (await open()).send({ text: "Un long texte" });
  await open({ path: "/connexion/", agent: "" });
  const page = await open({ agent: "u-2" });
  assert.deepEqual([page.form.elements.text.value, tab.size], ["", 0]);
});

test("it waits for its own page", async () => {
  (await open()).send({ text: "Un long texte" });
  await open({ path: "/connexion/", agent: "" });
  assert.equal((await open({ path: "/gestion/" })).form.elements.text.value, "");
  assert.equal((await open()).form.elements.text.value, "Un long texte");
});

test("a form where nothing was typed leaves nothing", async () => {
  (await open()).send({});
  assert.equal(tab.size, 0);
});
