/* The review with a keyboard: the list answers single keys only while one of its lines has the focus (WCAG 2.1.4).
   Without this module the same form works: tick lines, press a button. */
import { ChangeQueue } from "./change-queue.js";
import { LineList } from "./line-list.js";
import { openEditor, watchEditors } from "./line-editor.js";
import { showPassage, watchSource } from "./source-passage.js";
import { watchDrag } from "./drag-lines.js";

const root = document.querySelector("[data-review]");
const lines = new LineList(document.getElementById("lignes"), document.querySelector("[data-chosen]"));
const changes = new ChangeQueue(root, lines);
const keysDialog = document.getElementById("touches");
const themesDialog = document.getElementById("themes");

lines.onCurrent = showPassage;
watchSource(lines);
watchEditors(changes, lines);
watchDrag(changes, lines);

const KINDS = { 1: "kind:challenge", 2: "kind:strength", 3: "kind:proposal", 4: "kind:unsorted" };
const SIMPLE = {
  ...KINDS, v: "check", m: "join", p: "nest", o: "lift", a: "place:aside", i: "place:introduction", r: "place:item", u: "undo",
};

function act(event) {
  const { key } = event;
  const vertical = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1, J: 1, K: -1 }[key];
  if (event.altKey && (key === "ArrowDown" || key === "ArrowUp")) {
    changes.request(vertical > 0 ? "down" : "up", {}, { keepChosen: true });
  } else if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "z") {
    changes.request(event.shiftKey ? "redo" : "undo");
  } else if (event.ctrlKey || event.metaKey || event.altKey) {
    return false;
  } else if (vertical) {
    lines.step(vertical, event.shiftKey);
  } else if (key === "x") {
    lines.toggle();
  } else if (key === "n") {
    lines.nextDoubt();
  } else if (key === "l") {
    lines.chooseAlike();
  } else if (key === "t") {
    themesDialog.showModal();
  } else if (key === "e" || key === "s") {
    openEditor(lines.current, key === "s");
  } else if (key === "c") {
    changes.request(lines.current.classList.contains("line--conclusion") ? "plain" : "conclusion");
  } else if (key === "Escape") {
    lines.clear();
  } else if (key === "Home" || key === "End") {
    lines.edge(key === "End");
  } else if (SIMPLE[key]) {
    changes.request(SIMPLE[key]);
  } else {
    return false;
  }
  return true;
}

lines.list.addEventListener("keydown", (event) => {
  if (event.target.closest("[data-editor]") || event.defaultPrevented) return;
  if (event.key === "?") keysDialog.showModal();
  else if (!act(event)) return;
  event.preventDefault();
});

for (const button of document.querySelectorAll("[data-keys]")) {
  button.hidden = false;
  button.addEventListener("click", () => keysDialog.showModal());
}

const alike = document.querySelector("[data-alike]");
alike.hidden = false;
alike.addEventListener("click", () => {
  lines.chooseAlike();
  lines.focus();
});

document.getElementById("gestes").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = new FormData(event.target, event.submitter);
  changes.request(form.get("gesture"), { theme: form.get("theme") ?? "", rank: form.get("rank") ?? "", territory: form.get("territory") ?? "" });
  event.submitter?.closest("details.menu")?.removeAttribute("open");
});

document.addEventListener("click", (event) => {
  const go = event.target.closest("[data-goto], [data-next]");
  if (!go) return;
  /* What is on another page is left to the link. */
  if (go.matches("[data-next]")) {
    if (lines.nextDoubt()) event.preventDefault();
  } else if (document.getElementById(`l-${go.dataset.goto}`)) {
    event.preventDefault();
    lines.focus(go.dataset.goto);
  }
});

function giveTheme(code) {
  themesDialog.close();
  changes.request("theme", { theme: code });
}

themesDialog.addEventListener("click", (event) => {
  const button = event.target.closest("[data-theme-code]");
  if (button) giveTheme(button.dataset.themeCode);
});
themesDialog.addEventListener("keydown", (event) => {
  const button = themesDialog.querySelectorAll("[data-theme-code]")[Number(event.key) - 1];
  if (button) giveTheme(button.dataset.themeCode);
});
for (const dialog of [themesDialog, keysDialog]) dialog.addEventListener("close", () => lines.focus());

lines.start(location.hash.startsWith("#l-") ? location.hash.slice(3) : "");
/* After the load: the browser itself takes the focus away when it goes to a fragment. */
if (location.hash === "#doutes") addEventListener("load", () => setTimeout(() => lines.nextDoubt() || lines.focus()));
