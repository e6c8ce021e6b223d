import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { openPage, settled } from "../page.js";

const row = code => `<p><select name="v-${code}"><option value="">Aucune</option><option value="continue">À poursuivre</option><option value="adapt">À faire évoluer</option></select><input type="hidden" name="was-${code}" value=""><span data-position-state></span></p>`;
const FORM = `<form method="post" data-positions><input type="hidden" name="csrfmiddlewaretoken" value="c">${row("s1")}${row("s2")}<div data-without-script><button>Enregistrer</button></div></form>`;
let sent, answer;

beforeEach(() => { sent = []; answer = async () => ({ json: async () => ({ refusal: "" }) }); });

async function open() {
  const fetch = async (address, { body }) => { sent.push(Object.fromEntries(body)); return answer(); };
  const page = openPage({ path: "/partenaires/position/", html: FORM, fetch });
  await page.load("partners/js/positions.js");
  const form = page.one("form");
  return {
    ...page, form,
    async choose(code, value) {
      form.elements[`v-${code}`].value = value;
      form.elements[`v-${code}`].dispatchEvent(new page.window.Event("change", { bubbles: true }));
      await settled();
    },
    state: code => form.elements[`v-${code}`].parentElement.querySelector("[data-position-state]").textContent,
    button: () => page.one("[data-without-script]"),
  };
}

test("a position is saved as it is chosen, alone", async () => {
  const page = await open();
  assert.equal(page.button().hidden, true);
  await page.choose("s1", "continue");
  assert.deepEqual(sent, [{ csrfmiddlewaretoken: "c", "v-s1": "continue" }]);
  assert.deepEqual([page.state("s1"), page.state("s2"), page.button().hidden], ["Enregistré.", "", true]);
});

test("without an answer it says so, and the button comes back", async () => {
  const page = await open();
  answer = () => Promise.reject(new TypeError("Failed to fetch"));
  await page.choose("s1", "continue");
  assert.match(page.state("s1"), /^Pas enregistré/);
  assert.equal(page.button().hidden, false);
});

test("a refusal is told beside what was chosen", async () => {
  const page = await open();
  answer = async () => ({ json: async () => ({ refusal: "L'étape est finie." }) });
  await page.choose("s1", "continue");
  assert.equal(page.state("s1"), "Refusé : L'étape est finie.");
});

test("the last chosen is the last sent, however slow the first", async () => {
  const page = await open();
  let reply;
  const slow = new Promise(resolve => { reply = resolve; });
  answer = () => slow;
  await page.choose("s1", "continue");
  await page.choose("s1", "adapt");
  assert.equal(sent.length, 1);
  reply({ json: async () => ({ refusal: "" }) });
  await settled();
  assert.deepEqual(sent.map(body => body["v-s1"]), ["continue", "adapt"]);
  assert.equal(page.state("s1"), "Enregistré.");
});
