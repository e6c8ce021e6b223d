import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage, settled } from "../page.js";

const line = ({ code, doubt = "", first = 1, last = first }) => `
  <li class="line${doubt ? " line--doubt" : ""}" id="l-${code}" data-code="${code}" data-source="1" data-first="${first}" data-last="${last}">
    <span class="line__box"><input type="checkbox" name="lines" value="${code}"></span>
    <span class="line__text">Texte ${code}</span>${doubt ? `<span class="line__doubt">${doubt}</span>` : ""}
    <span class="line__tools"><a href="/ligne/${code}/" data-edit>Corriger</a><a href="#s1-${first}" data-passage>Source</a></span>
    <div id="e-${code}"></div>
  </li>`;
const html = lines => `
  <div data-review data-geste="/relecture/geste/"><form id="gestes"><div id="etat"><input name="version" value="4"></div>
    <button name="gesture" value="check">Vérifiée</button></form><span data-chosen></span>
  <ol id="lignes" data-page="2">${lines.map(line).join("")}</ol>
  <section class="review__source" id="source"><ol class="source__lines"><li id="s1-1">un</li><li id="s1-2">deux</li><li id="s1-3">trois</li></ol></section></div>
  <button data-alike hidden></button><button data-keys hidden></button>
  <dialog id="touches"></dialog><dialog id="themes"><button data-theme-code="emploi">Emploi</button></dialog>`;
const THREE = [{ code: "a", doubt: "2 natures", first: 1 }, { code: "b", first: 2 }, { code: "c", doubt: "3 natures", first: 3 }];

// `answer`: what the server does with what is sent; the page is as htmx leaves it.
async function open(lines = THREE, answer = () => undefined) {
  const sent = [];
  const htmx = {
    async ajax(verb, address, { values, target }) {
      sent.push({ verb, address, values });
      await answer({ verb, address, values, target });
    },
  };
  const page = openPage({ html: html(lines), path: "/gestion/relecture/", htmx });
  page.window.HTMLElement.prototype.scrollIntoView = () => undefined;
  await page.load("desk/js/review.js");
  await settled();
  const boxOf = code => page.one(`#l-${code} input`);
  return {
    ...page, sent, boxOf,
    key(key, more = {}) {
      const event = new page.window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
      page.document.activeElement.dispatchEvent(event);
      return settled();
    },
    focused: () => page.document.activeElement.closest(".line")?.dataset.code,
    chosen: () => [...page.document.querySelectorAll("[name=lines]")].filter(box => box.checked).map(box => box.value),
    asked: () => sent.map(({ values: { gesture, lines: codes } }) => [gesture, codes]),
  };
}

test("arrows lead from line to line, and only the current one is on the way of the Tab key", async () => {
  const page = await open();
  page.boxOf("a").focus();
  await page.key("ArrowDown");
  assert.equal(page.focused(), "b");
  const reachable = [...page.document.querySelectorAll("[name=lines]")].filter(box => box.tabIndex === 0).map(box => box.value);
  assert.deepEqual(reachable, ["b"]);
  await page.key("End");
  assert.equal(page.focused(), "c");
  await page.key("ArrowDown");
  assert.equal(page.focused(), "c");
});

test("a key asks for a change of the current line, under the version that is shown", async () => {
  const page = await open();
  page.boxOf("b").focus();
  await page.key("3");
  assert.deepEqual(page.sent, [{ verb: "POST", address: "/relecture/geste/", values: { version: "4", gesture: "kind:proposal", lines: ["b"], page: "2" } }]);
});

test("a change bears on the chosen lines when there are some, and leaves none chosen", async () => {
  const page = await open();
  page.boxOf("a").focus();
  await page.key("ArrowDown", { shiftKey: true });
  assert.deepEqual(page.chosen(), ["a", "b"]);
  assert.equal(page.one("[data-chosen]").textContent, "2 lignes choisies");
  await page.key("m");
  assert.deepEqual(page.asked(), [["join", ["a", "b"]]]);
  assert.deepEqual(page.chosen(), []);
});

test("lines that are moved stay chosen", async () => {
  const page = await open();
  page.boxOf("b").focus();
  await page.key("ArrowDown", { shiftKey: true });
  await page.key("ArrowUp", { altKey: true });
  assert.deepEqual(page.asked(), [["up", ["b", "c"]]]);
  assert.deepEqual(page.chosen(), ["b", "c"]);
});

test("a change waits for the answer to the one before, so that its version is right", async () => {
  const page = await open(THREE, async () => {
    await settled(3);
    page.one("#etat input").value = String(Number(page.one("#etat input").value) + 1);
  });
  page.boxOf("b").focus();
  page.key("1");
  page.key("v");
  await settled();
  assert.deepEqual(page.sent.map(({ values }) => [values.gesture, values.version]), [["kind:challenge", "4"], ["check", "5"]]);
});

test("one that failed does not hold back the next", async () => {
  let requests = 0;
  const page = await open(THREE, () => { requests += 1; if (requests === 1) throw new Error("cut"); });
  page.boxOf("b").focus();
  await page.key("1");
  await page.key("v");
  assert.deepEqual(page.asked(), [["kind:challenge", ["b"]], ["check", ["b"]]]);
});

test("when the line goes, the focus is on the one that takes its place", async () => {
  const page = await open(THREE, () => page.one("#l-b").remove());
  page.boxOf("b").focus();
  await page.key("a");
  assert.equal(page.focused(), "c");
});

test("the next doubt follows the current line and comes round again", async () => {
  const page = await open();
  page.boxOf("a").focus();
  await page.key("n");
  assert.equal(page.focused(), "c");
  await page.key("n");
  assert.equal(page.focused(), "a");
});

test("lines that raise the same doubt, numbers aside, are chosen together", async () => {
  const page = await open();
  page.boxOf("a").focus();
  await page.key("l");
  assert.deepEqual(page.chosen(), ["a", "c"]);
});

test("Shift and a click choose all the lines between", async () => {
  const page = await open();
  page.boxOf("a").click();
  page.boxOf("c").dispatchEvent(new page.window.MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: true }));
  assert.deepEqual(page.chosen(), ["a", "b", "c"]);
});

test("the passage a line comes from is lit, and a click in the source goes to the line", async () => {
  const page = await open();
  page.boxOf("b").focus();
  const lit = () => [...page.document.querySelectorAll(".lit")].map(row => row.id);
  assert.deepEqual(lit(), ["s1-2"]);
  page.one("#s1-3").click();
  assert.deepEqual([page.focused(), lit()], ["c", ["s1-3"]]);
});

const EDITOR = '<form data-editor action="/ligne/a/"><input type="hidden" name="version" value="4"><input type="hidden" name="offset" value=""><textarea name="text">Texte a</textarea><button>Enregistrer</button><button name="couper" value="1">Couper</button><a href="#" data-close>Laisser</a></form>';
function editorOf(page) {
  return ({ verb, address, values }) => {
    if (verb === "GET") page().one("#e-a").append(new DOMParser().parseFromString(EDITOR, "text/html").querySelector("form"));
    else if (address.startsWith("/ligne/") || values.gesture === undefined) page().one("[data-editor]")?.remove();
  };
}

async function openEditor() {
  const page = await open(THREE, event => editorOf(() => page)(event));
  page.boxOf("a").focus();
  await page.key("e");
  return page;
}

test("the words of a line are corrected in place, and saved by Enter", async () => {
  const page = await openEditor();
  assert.equal(page.document.activeElement.name, "text");
  page.one("textarea").value = "Corrigé";
  await page.key("Enter");
  const { values } = page.sent.at(-1);
  assert.deepEqual([values.text, values.version, values.couper], ["Corrigé", "4", undefined]);
  assert.equal(page.one("[data-editor]"), null);
});

test("a line is cut where the cursor is", async () => {
  const page = await openEditor();
  page.one("textarea").setSelectionRange(5, 5);
  await page.key("Enter", { altKey: true });
  const { values } = page.sent.at(-1);
  assert.deepEqual([values.couper, String(values.offset)], ["1", "5"]);
});

test("an editor left as it was closes; one that holds new words keeps them, and no other change goes", async () => {
  const page = await openEditor();
  page.boxOf("b").focus();
  await page.key("v");
  assert.deepEqual([page.one("[data-editor]"), page.sent.length], [null, 2]);
  page.boxOf("a").focus();
  await page.key("e");
  page.one("textarea").value = "À garder";
  page.boxOf("b").focus();
  await page.key("v");
  assert.deepEqual([page.one("textarea").value, page.document.activeElement.name, page.sent.length], ["À garder", "text", 3]);
  const leaving = new page.window.Event("beforeunload", { cancelable: true });
  page.window.dispatchEvent(leaving);
  assert.equal(leaving.defaultPrevented, true);
});

test("keys typed in the editor are words, not changes", async () => {
  const page = await openEditor();
  await page.key("v");
  await page.key("1");
  assert.equal(page.sent.length, 1);
});
