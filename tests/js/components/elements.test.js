import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "../page.js";

const page = openPage({ html: '<p id="state"></p>' });
const { make, showState } = await page.load("parvis/js/elements.js");

test("an element has its properties, its attributes and its children in order", () => {
  const made = make("p", { className: "row", hidden: true, "data-code": "a", "aria-label": "Un" }, "avant ", make("b", {}, "gras"), " après");
  assert.equal(made.outerHTML, '<p class="row" hidden="" data-code="a" aria-label="Un">avant <b>gras</b> après</p>');
});

test("what someone wrote is never read as markup", () => {
  const made = make("p", {}, '<img src="x" onerror="alert(1)">');
  assert.deepEqual([made.children.length, made.textContent], [0, '<img src="x" onerror="alert(1)">']);
});

test("a state that did not change is not told again", () => {
  const state = page.one("#state");
  showState(state, { level: "waiting", words: "En attente (1)" });
  const [text] = state.childNodes;
  showState(state, { level: "waiting", words: "En attente (1)" });
  assert.equal(state.childNodes[0], text);
  assert.deepEqual([state.dataset.level, state.textContent], ["waiting", "En attente (1)"]);
});
