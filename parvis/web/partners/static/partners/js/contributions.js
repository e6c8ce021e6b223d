// A contribution written without a network waits on the device, and is shown as such.
import { mine, watch, write } from "./outbox.js";

const form = document.querySelector("[data-note]"), state = form.querySelector("[data-outbox]");
const list = document.querySelector("[data-waiting-notes]");
form.addEventListener("submit", async event => {
  const { contribution_kind, theme, text } = Object.fromEntries(new FormData(form));
  if (!contribution_kind || !theme || !text.trim() || navigator.onLine) return;
  event.preventDefault();
  await write("note", { contribution_kind, theme, text });
  form.elements.text.value = "";
});
let before = 0;
watch(async ({ waiting, level, words }) => {
  state.dataset.level = level; state.textContent = waiting || level ? words : "";
  const notes = (await mine()).filter(op => op.kind === "note");
  list.replaceChildren(...notes.map(op => Object.assign(document.createElement("li"), { className: "row", textContent: op.body.text })));
  if (before && !notes.length) location.reload();
  before = notes.length;
});
