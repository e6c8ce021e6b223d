// An opinion is saved at the tap; keys 1 to 7 do the same. Without this script the form works by its button.
import { NOT_KEPT, canKeep, localAnswer } from "../../parvis/js/device.js";
import { showState } from "../../parvis/js/elements.js";
import { watch, write } from "../../parvis/js/outbox.js";
import "./refresh-kept-pages.js";

const form = document.querySelector("[data-opinion]"), sheet = form.dataset.opinion, answerName = `opinion:${sheet}`;
const state = document.querySelector("[data-state]"), comment = form.elements.comment, relation = form.elements.relation;
const button = form.querySelector("[data-without-script]"), withdrawButton = form.querySelector("[data-withdraw]");
const withdrawnStatus = form.querySelector("[data-withdrawn]"), values = [...form.querySelectorAll("[name=value]")];
const PAUSE_MS = 900, UNSAVED = "Pas encore enregistré…";
let pause = 0, touched = false, plainForm = false, unsent = false, writing = Promise.resolve();

// The device keeps nothing: the form is sent by its button, and nobody leaves with an answer that was not.
function fallBack(somethingUnsent) {
  plainForm = true; unsent = somethingUnsent; button.hidden = false;
  showState(state, { level: "refused", words: NOT_KEPT });
}
function save(body) {
  touched = true;
  if (plainForm) { unsent = true; return; }
  showState(state, { level: "waiting", words: UNSAVED });
  writing = Promise.all([writing, write("opinion", { sheet, ...body }, answerName)]).catch(() => fallBack(true));
}
// Only an answer that stands can be taken back.
function offerWithdrawal() {
  withdrawButton.hidden = !values.some(choice => choice.checked);
  if (!withdrawButton.hidden) withdrawnStatus.textContent = "";
}
function withdraw() {
  clearTimeout(pause); pause = 0;
  for (const choice of values) choice.checked = false;
  comment.value = "";
  save({ value: null, comment: "" });
  offerWithdrawal();
  withdrawnStatus.textContent = "Votre avis est retiré, avec son commentaire.";
  values[0].focus({ preventScroll: true });  // the button that had the focus is gone
}
function keepComment() { clearTimeout(pause); pause = 0; save({ comment: comment.value }); }

form.addEventListener("change", event => {
  if (event.target.name === "value") { save({ value: event.target.value }); offerWithdrawal(); }
  if (event.target === relation) save({ relation: relation.value });
});
comment.addEventListener("input", () => {
  if (plainForm) { unsent = true; return; }
  touched = true; showState(state, { level: "waiting", words: UNSAVED });
  clearTimeout(pause); pause = setTimeout(keepComment, PAUSE_MS);
});
comment.addEventListener("blur", () => pause && keepComment());
addEventListener("pagehide", () => pause && keepComment());
form.addEventListener("submit", event => {
  if (plainForm) { unsent = false; return; }
  event.preventDefault();
  if (event.submitter === withdrawButton) withdraw(); else keepComment();
});
addEventListener("beforeunload", event => unsent && event.preventDefault());
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest("textarea, select, input:not([type=radio])")) return;
  const choice = /^[1-7]$/.test(event.key) && values[Number(event.key) - 1];
  if (choice) { choice.checked = true; choice.focus(); save({ value: choice.value }); offerWithdrawal(); }
});
// The next page waits until the answer just given is written down.
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
if (early) { save({ value: early.value }); offerWithdrawal(); }
if (comment.value !== comment.defaultValue) keepComment();

if (await canKeep) {
  button.hidden = true;
  watch(current => {
    if (plainForm) return;  // what arrived is not what could not be kept
    if (touched || current.waiting || current.level || state.dataset.level) showState(state, current);
  }, answerName);
  // A page kept from before may lag behind what was answered on this device.
  const local = await localAnswer(answerName);
  if (local && !touched) {
    for (const choice of values) choice.checked = choice.value === local.value;
    offerWithdrawal();
    if (local.comment !== undefined) comment.value = local.comment;
    if (local.relation !== undefined) relation.value = local.relation;
  }
} else fallBack(touched);
