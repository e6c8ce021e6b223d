// An opinion is saved at the tap; keys 1 to 7 do the same. Without this script the form works by its button.
import { NOT_KEPT, able, said } from "../../parvis/js/device.js";
import { watch, write } from "../../parvis/js/outbox.js";import "./refresh.js";


const form = document.querySelector("[data-opinion]"), sheet = form.dataset.opinion, name = `opinion:${sheet}`;
const state = document.querySelector("[data-state]"), comment = form.elements.comment, relation = form.elements.relation;
const button = form.querySelector("[data-without-script]"), back = form.querySelector("[data-withdraw]");
const withdrawn = form.querySelector("[data-withdrawn]"), values = [...form.querySelectorAll("[name=value]")];
const PAUSE_MS = 900, UNSAVED = "Pas encore enregistré…";
let pause = 0, touched = false, plain = false, unsent = false, writing = Promise.resolve();
const say = (level, words) => { state.dataset.level = level; state.textContent = words; };

// The device keeps nothing: the form is sent by its button, and nobody leaves with an answer that was not.
function fallBack(lost) {
  plain = true; unsent = lost; button.hidden = false;
  say("refused", NOT_KEPT);
}
function save(body) {
  touched = true;
  if (plain) { unsent = true; return; }
  say("waiting", UNSAVED);
  writing = Promise.all([writing, write("opinion", { sheet, ...body }, name)]).catch(() => fallBack(true));
}
// Only an answer that stands can be taken back.
function offerBack() {
  back.hidden = !values.some(choice => choice.checked);
  if (!back.hidden) withdrawn.textContent = "";
}
function takeBack() {
  clearTimeout(pause); pause = 0;
  for (const choice of values) choice.checked = false;
  comment.value = "";
  save({ value: null, comment: "" });
  offerBack();
  withdrawn.textContent = "Votre avis est retiré, avec son commentaire.";
  values[0].focus({ preventScroll: true });  // the button that had the focus is gone
}
function keepComment() { clearTimeout(pause); pause = 0; save({ comment: comment.value }); }

form.addEventListener("change", event => {
  if (event.target.name === "value") { save({ value: event.target.value }); offerBack(); }
  if (event.target === relation) save({ relation: relation.value });
});
comment.addEventListener("input", () => {
  if (plain) { unsent = true; return; }
  touched = true; say("waiting", UNSAVED);
  clearTimeout(pause); pause = setTimeout(keepComment, PAUSE_MS);
});
comment.addEventListener("blur", () => pause && keepComment());
addEventListener("pagehide", () => pause && keepComment());
form.addEventListener("submit", event => {
  if (plain) { unsent = false; return; }
  event.preventDefault();
  if (event.submitter === back) takeBack(); else keepComment();
});
addEventListener("beforeunload", event => unsent && event.preventDefault());
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest("textarea, select, input:not([type=radio])")) return;
  const choice = /^[1-7]$/.test(event.key) && values[Number(event.key) - 1];
  if (choice) { choice.checked = true; choice.focus(); save({ value: choice.value }); offerBack(); }
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

// A tap, or words, that came before this script did.
const early = values.find(choice => choice.checked && !choice.defaultChecked);
if (early) { save({ value: early.value }); offerBack(); }
if (comment.value !== comment.defaultValue) keepComment();

if (await able) {
  button.hidden = true;
  watch(({ waiting, level, words }) => { if (touched || waiting || level || state.dataset.level) say(level, words); }, name);
  // A page kept from before may lag behind what was said on this device.
  const local = await said(name);
  if (local && !touched) {
    for (const choice of values) choice.checked = choice.value === local.value;
    offerBack();
    if (local.comment !== undefined) comment.value = local.comment;
    if (local.relation !== undefined) relation.value = local.relation;
  }
} else fallBack(touched);
