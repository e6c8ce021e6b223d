// Contributions go through the outbox: what is written without a network waits on the device, and is shown as such.
import { NOT_KEPT, canKeep, localAnswer, ownOperations } from "../../parvis/js/device.js";
import { make, showState } from "../../parvis/js/elements.js";
import { clearErrors, missing, showErrors } from "../../parvis/js/form-errors.js";
import { keepPages } from "../../parvis/js/offline-pages.js";
import { discard, elsewhere, watch, write } from "../../parvis/js/outbox.js";
import "./refresh-kept-pages.js";

const form = document.querySelector("[data-note]"), state = form.querySelector("[data-outbox]");
const of = form.dataset.note;  // the contribution this page corrects; none where one is added
const waitingList = document.querySelector("[data-waiting-notes]");
const TYPING = "Ajoutez ou effacez d'abord ce que vous écrivez.";
const FIELDS = ["contribution_kind", "theme", "text"];
let ownWritten = false;  // whether this page has words to send, or had some waiting
const formValues = () => Object.fromEntries(FIELDS.map(name => [name, form.elements[name].value]));
function fill({ contribution_kind, theme, text }) {
  for (const [name, value] of Object.entries({ contribution_kind, theme, text })) {
    if (value !== undefined) form.elements[name].value = value;
  }
}

// Another one is of no kind and of no theme until they are chosen.
function startAgain() {
  for (const choice of form.elements.contribution_kind) choice.checked = false;
  fill({ theme: form.elements.theme.options[0].value, text: "" });
  form.elements.contribution_kind[0].focus();
}

async function submit(event) {
  event.preventDefault();
  const body = formValues(), withdraws = event.submitter?.name === "withdraw";
  const empty = withdraws ? [] : missing(form, FIELDS);
  if (empty.length) {
    showState(state, { level: "", words: "" });  // what was saved before is not what is told now
    showErrors(form, empty);
    return;
  }
  clearErrors(form);
  ownWritten = true;
  try {
    if (withdraws) await write("withdraw", { of }, `edit:${of}`);
    else if (of) await write("edit", { of, ...body }, `edit:${of}`);
    else {
      startAgain();  // at once: the next one may be typed already
      await write("note", body);
    }
  } catch { fill(body); fallBack(); return; }
  if (of) location.assign(form.querySelector("[data-back]").href);
}

// The device keeps nothing: the form goes as any form does.
let plainForm = false;
function fallBack() {
  plainForm = true;
  form.removeEventListener("submit", submit);
  showState(state, { level: "refused", words: NOT_KEPT });
}

function showBadge(badge, { refused }, waiting) {
  badge.className = `badge badge--${refused ? "danger" : "waiting"}`;
  badge.textContent = refused ? `Refusé : ${refused}` : waiting;
}

// One that waits or was refused, with a way to take its words back into the form.
function row(op) {
  const badge = make("span");
  showBadge(badge, op, "En attente");
  const again = make("button", { type: "button", className: "link", onclick: () => takeBack(op) }, "Reprendre ce texte");
  const body = make("div", { className: "row__body" }, make("p", { className: "row__meta" }, badge), make("p", {}, op.body.text), again);
  return make("li", { className: "row" }, body);
}
async function takeBack(op) {
  if (form.elements.text.value.trim()) { showState(state, { level: "waiting", words: TYPING }); return; }
  if (!(await discard(op.op_id))) await write("withdraw", { of: op.op_id }, `edit:${op.op_id}`);  // perhaps it arrived
  fill(op.body);
  form.elements.text.focus();
}

// What was sent is told by the server: its list is read again, what is being written stays.
async function refresh() {
  try {
    const answer = await fetch(location.pathname), page = await answer.text();
    const fresh = answer.ok && new DOMParser().parseFromString(page, "text/html").querySelector("[data-mine]");
    if (fresh) document.querySelector("[data-mine]").replaceChildren(...fresh.children);
    keepPages(document.querySelectorAll("[data-keep]"));
  } catch { return; }
}

let unsentBefore = [];
async function showOperations() {
  const ops = await ownOperations(), unsent = ops.filter(op => !op.refused && op.kind !== "opinion").map(op => op.op_id);
  if (unsentBefore.some(op_id => !unsent.includes(op_id))) await refresh();
  unsentBefore = unsent;
  ownWritten ||= unsent.length > 0;
  const withdrawn = new Set(ops.filter(op => op.kind === "withdraw").map(op => op.body.of));
  waitingList.replaceChildren(...ops.filter(op => op.kind === "note" && !withdrawn.has(op.op_id)).map(row));
  for (const op of ops.filter(({ name }) => name?.startsWith("edit:"))) {
    const badge = document.querySelector(`[data-change-of="${CSS.escape(op.body.of)}"]`);
    if (!badge) continue;
    showBadge(badge, op, op.kind === "withdraw" ? "Retrait en attente" : "Correction en attente");
  }
}

if (await canKeep) {
  form.addEventListener("submit", submit);
  let turn = Promise.resolve();
  watch(current => {
    if (!plainForm) showState(state, ownWritten ? current : elsewhere(current));  // what arrived is not what could not be kept
    if (waitingList) turn = turn.then(showOperations);
  }, of && `edit:${of}`);
  const local = of && await localAnswer(`edit:${of}`);
  if (local) { fill(local); ownWritten = true; }
  await keepPages(document.querySelectorAll("[data-keep], .names a, .site-nav a"));
} else fallBack();
