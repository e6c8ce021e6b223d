// An opinion is saved at the tap; keys 1 to 7 do the same. Without this script the form works by its button.
import { said, watch, write } from "./outbox.js";

const form = document.querySelector("[data-opinion]"), sheet = form.dataset.opinion, name = `opinion:${sheet}`;
const state = form.querySelector("[data-state]"), comment = form.elements.comment, relation = form.elements.relation;
const PAUSE_MS = 900;
let pause = 0, touched = false, writing = Promise.resolve();
form.querySelector("[data-without-script]").hidden = true;
const save = body => { touched = true; writing = Promise.all([writing, write("opinion", { sheet, ...body }, name)]); };

form.addEventListener("change", event => {
  if (event.target.name === "value") save({ value: event.target.value });
  if (event.target === relation) save({ relation: relation.value });
});
comment.addEventListener("input", () => {
  touched = true; state.dataset.level = "waiting"; state.textContent = "Pas encore enregistré…";
  clearTimeout(pause); pause = setTimeout(keepComment, PAUSE_MS);
});
comment.addEventListener("blur", () => pause && keepComment());
addEventListener("pagehide", () => pause && keepComment());
function keepComment() { clearTimeout(pause); pause = 0; save({ comment: comment.value }); }

form.addEventListener("submit", event => { event.preventDefault(); keepComment(); });
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("textarea, select, input:not([type=radio])")) return;
  const choice = form.querySelectorAll("[name=value]")[Number(event.key) - 1];
  if (choice && /^[1-7]$/.test(event.key)) { choice.checked = true; choice.focus(); save({ value: choice.value }); }
});
// The way on waits until what was just said is written down.
for (const link of document.querySelectorAll(".onward a")) {
  link.addEventListener("click", async event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (pause) keepComment();
    await writing;
    location.assign(link.href);
  });
}
watch(({ waiting, level, words }) => {
  if (!touched && !waiting) return;
  state.dataset.level = level; state.textContent = words;
});
// A page kept from before may lag behind what was said on this device.
const local = await said(name);
if (local) {
  const choice = [...form.querySelectorAll("[name=value]")].find(each => each.value === local.value);
  if (choice) choice.checked = true;
  if (local.comment !== undefined) comment.value = local.comment;
  if (local.relation !== undefined) relation.value = local.relation;
}
