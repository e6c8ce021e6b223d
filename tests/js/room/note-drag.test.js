import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "../page.js";

const HTML = '<div id="board"><section data-family="f1"><article data-note="n1"><button>x</button></article></section><section data-family=""><article data-note="n2"></article></section><p>ailleurs</p></div>';

async function open() {
  const page = openPage({ html: HTML }), drops = [];
  const { watchNoteDrag } = await page.load("room/js/note-drag.js");
  watchNoteDrag(page.one("#board"), (note, family) => drops.push([note, family]));
  const happen = (name, selector) => {
    const event = new page.window.Event(name, { bubbles: true, cancelable: true });
    Object.defineProperty(event, "dataTransfer", { value: {} });
    page.one(selector).dispatchEvent(event);
    return event;
  };
  return { ...page, drops, happen };
}

test("a note goes to the family where it is dropped, or to none", async () => {
  const { drops, happen } = await open();
  happen("dragstart", "[data-note=n2]");
  assert.equal(happen("dragover", "[data-family=f1]").defaultPrevented, true);
  happen("drop", "[data-family=f1]");
  happen("dragstart", "[data-note=n1]");
  happen("drop", '[data-family=""]');
  assert.deepEqual(drops, [["n2", "f1"], ["n1", ""]]);
});

test("the family under the note is marked, and no other", async () => {
  const { document, happen } = await open();
  const marked = () => [...document.querySelectorAll(".is-over")].map(section => section.dataset.family);
  happen("dragstart", "[data-note=n2]");
  happen("dragover", "[data-family=f1]");
  happen("dragover", '[data-family=""]');
  assert.deepEqual(marked(), [""]);
  happen("dragend", "[data-note=n2]");
  assert.deepEqual(marked(), []);
});

test("dropped elsewhere, or when nothing was dragged, nothing moves", async () => {
  const { drops, happen } = await open();
  happen("drop", "[data-family=f1]");
  happen("dragstart", "[data-note=n2]");
  happen("drop", "p");
  assert.deepEqual(drops, []);
});

test("a press on a button of the note does not drag it", async () => {
  const { one, happen } = await open();
  happen("pointerdown", "[data-note=n1] button");
  assert.equal(one("[data-note=n1]").draggable, false);
  happen("pointerdown", "[data-note=n1]");
  assert.equal(one("[data-note=n1]").draggable, true);
});
