// An opinion is saved at the tap; keys 1 to 7 do the same, and Enter goes on. Without this script the way on sends the form.
import { NOT_KEPT, canKeep, localAnswer } from "../../parvis/js/device.js";
import { showState } from "../../parvis/js/elements.js";
import { keepPages } from "../../parvis/js/offline-pages.js";
import { elsewhere, watch, write } from "../../parvis/js/outbox.js";
import "./refresh-kept-pages.js";

const form = document.querySelector("[data-opinion]"), sheet = form.dataset.opinion, answerName = `opinion:${sheet}`;
const state = document.querySelector("[data-state]"), comment = form.elements.comment, relation = form.elements.relation;
const hint = form.querySelector("[data-without-script]"), withdrawal = document.querySelector("[data-withdraw]");
const onward = document.querySelector("[data-next]"), values = [...form.querySelectorAll("[name=value]")];
const PAUSE_MS = 900, UNSAVED = "Pas encore enregistré…", WITHDRAWN = "Avis retiré.";
const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
let pause = 0, touched = false, withdrawn = false, plainForm = false, unsent = false, writing = Promise.resolve();

const isAnswered = () => values.some(choice => choice.checked);

// The device keeps nothing: the way on sends the form, and nobody leaves with an answer that was not sent.
function fallBack(somethingUnsent) {
  plainForm = true; unsent = somethingUnsent; hint.hidden = false;
  showState(state, { level: "refused", words: NOT_KEPT });
}
function save(body) {
  touched = true;
  if (plainForm) { unsent = true; return; }
  showState(state, { level: "waiting", words: UNSAVED });
  writing = Promise.all([writing, write("opinion", { sheet, ...body }, answerName)]).catch(() => fallBack(true));
}
// Only an answer that stands can be taken back.
function offerWithdrawal() { withdrawal.hidden = !isAnswered(); }
function choose(choice) {
  choice.checked = true; withdrawn = false;
  choice.focus();
  save({ value: choice.value });
  offerWithdrawal();
}
function withdraw() {
  clearTimeout(pause); pause = 0;
  for (const choice of values) choice.checked = false;
  comment.value = ""; withdrawn = true;
  save({ value: null, comment: "" });
  offerWithdrawal();
  values[0].focus({ preventScroll: true });  // the button that had the focus is gone
}
function keepComment() { clearTimeout(pause); pause = 0; save({ comment: comment.value }); }

// What was saved, said of this sheet: never « Enregistré » beside an answer taken back, or beside none.
function wordsHere(current) {
  if (withdrawn && current.words && !current.level) return { ...current, words: WITHDRAWN };
  return touched || isAnswered() ? current : elsewhere(current);
}

// The next page waits until what was given is written down.
async function leaveFor(address) {
  if (pause) keepComment();
  await writing;
  if (plainForm) form.requestSubmit(); else location.assign(address);
}

form.addEventListener("change", event => {
  if (event.target.name === "value") choose(event.target);
  if (event.target === relation && relation.value) save({ relation: relation.value });
});
comment.addEventListener("input", () => {
  withdrawn = false;
  if (plainForm) { unsent = true; return; }
  touched = true; showState(state, { level: "waiting", words: UNSAVED });
  clearTimeout(pause); pause = setTimeout(keepComment, PAUSE_MS);
});
comment.addEventListener("blur", () => pause && keepComment());
addEventListener("pagehide", () => pause && keepComment());
form.addEventListener("submit", event => {
  if (plainForm) { unsent = false; return; }
  event.preventDefault();
  leaveFor(onward.dataset.next);
});
withdrawal.addEventListener("submit", event => {
  if (plainForm) { unsent = false; return; }
  event.preventDefault();
  withdraw();
});
addEventListener("beforeunload", event => unsent && event.preventDefault());

// Arrows move among the answers without giving one; Space, or Enter, gives it; Enter once more goes on.
function moveAmong(here, step) { values[(values.indexOf(here) + step + values.length) % values.length].focus(); }
document.addEventListener("keydown", event => {
  const { key, target } = event, here = values.find(choice => choice === target);
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest("textarea, select, input:not([type=radio])")) return;
  const digit = /^[1-7]$/.test(key), enter = key === "Enter" && !target.closest("a, button, summary");
  if (!digit && !enter && !(here && STEPS[key])) return;
  event.preventDefault();
  if (here && STEPS[key]) moveAmong(here, STEPS[key]);
  else if (event.repeat) return;
  else if (digit) choose(values[Number(key) - 1]);
  else if (here && !here.checked) choose(here);
  else form.requestSubmit();
});
for (const link of document.querySelectorAll(".onward a")) {
  link.addEventListener("click", async event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || plainForm) return;
    event.preventDefault();
    await leaveFor(link.href);
  });
}

// A tap, or words, that came before this script did.
const early = values.find(choice => choice.checked && !choice.defaultChecked);
if (early) { save({ value: early.value }); offerWithdrawal(); }
if (comment.value !== comment.defaultValue) keepComment();

if (await canKeep) {
  hint.hidden = true;
  watch(current => {
    if (plainForm) return;  // what arrived is not what could not be kept
    if (touched || current.waiting || current.level || state.dataset.level) showState(state, wordsHere(current));
  }, answerName);
  // A page kept from before may lag behind what was answered on this device.
  const local = await localAnswer(answerName);
  if (local && !touched) {
    for (const choice of values) choice.checked = choice.value === local.value;
    offerWithdrawal();
    if (local.comment !== undefined) comment.value = local.comment;
    if (local.relation !== undefined) relation.value = local.relation;
  }
  const linked = document.querySelectorAll("main a:not([download]), .site-nav a");
  await keepPages([...linked, { href: new URL(onward.dataset.next, location.href).href }]);
} else fallBack(touched);
