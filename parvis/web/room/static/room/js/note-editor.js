// A note opened: its text, its kind, cut in two, taken away; what it said before, to take back.
import { make } from "../../parvis/js/elements.js";
import { meta } from "../../parvis/js/page-meta.js";
import { view } from "./room.js";
import { applyChange } from "./undo.js";

const dialog = document.getElementById("correction"), form = dialog.querySelector("[data-correct-form]");
const text = form.elements.text, error = form.querySelector("[data-correct-error]");
const versions = dialog.querySelector("[data-versions]"), list = dialog.querySelector("[data-versions-list]");
const NOT_KEPT_HERE = "Cet appareil n'a pas pu garder ce changement : copiez votre texte, puis rechargez la page.";
let note = null;

export function openNote(reference) {
  const now = view();
  note = now.notes.get(reference) ?? now.own.get(reference);
  if (!note) return;
  text.value = note.text;
  chooseKind(note.kind);
  form.elements.theme.value = note.theme;
  error.hidden = true;
  versions.hidden = true;
  dialog.showModal();
  text.focus();
  if (note.versions > 1) showVersions(reference);
}

function chooseKind(code) { for (const kind of form.elements.correct_kind) kind.checked = kind.value === code; }

export function offerCorrections() {
  form.addEventListener("submit", event => { event.preventDefault(); if (event.submitter?.value === "save") save(); });
  text.addEventListener("keydown", event => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); save(); }
  });
  form.querySelector("[data-withdraw]").addEventListener("click", () => finish([{ kind: "withdraw", body: { of: note.reference } }]));
  form.querySelector("[data-split]")?.addEventListener("click", split);
}

function chosen() {
  const kind = [...form.elements.correct_kind].find(choice => choice.checked)?.value ?? note.kind;
  return { kind, theme: form.elements.theme.value };
}

// Only what changed is sent: someone else may be changing the rest.
function correction(words) {
  const { kind, theme } = chosen(), body = { of: note.reference };
  if (words !== note.text) body.text = words;
  if (kind !== note.kind) body.contribution_kind = kind;
  if (theme && theme !== note.theme) body.theme = theme;
  return Object.keys(body).length > 1 ? [{ kind: "edit", body }] : [];
}

function save() {
  const words = text.value.trim();
  if (!words) refuse("Écrivez au moins un mot, ou retirez la note.");
  else finish(correction(words));
}

function split() {
  const first = text.value.slice(0, text.selectionStart).trim(), second = text.value.slice(text.selectionStart).trim();
  if (!first || !second) { refuse("Placez d'abord le curseur dans le texte, là où il faut couper."); return; }
  const { kind, theme } = chosen();
  const secondNote = { contribution_kind: kind, theme, text: second, split_from: note.reference };
  finish([...correction(first), { kind: "note", body: secondNote, into: note.family }]);
}

async function finish(operations) {
  dialog.close();
  const plain = operations.map(({ kind, body }) => ({ kind, body }));
  if (!plain.length) return;
  try {
    const ids = await applyChange(plain), family = operations.at(-1).into;
    if (family) await applyChange([{ kind: "family", body: { of: family, notes: [ids.at(-1)] } }]);
  } catch {  // the device keeps nothing: what was typed is still in the dialog
    dialog.showModal();
    refuse(NOT_KEPT_HERE);
  }
}

function refuse(words) { error.textContent = words; error.hidden = false; text.focus(); }

async function showVersions(reference) {
  try {
    const answer = await fetch(`/atelier/${meta("room")}/versions/${reference}`);
    if (!answer.ok || answer.redirected) return;
    const former = (await answer.json()).versions.filter(version => !version.current);
    if (note?.reference !== reference || !former.length) return;
    list.replaceChildren(...former.map(row));
    versions.hidden = false;
  } catch { return; }
}

function row({ text: words, kind }) {
  const take = make("button", { type: "button", className: "button button--small" }, "Reprendre");
  take.addEventListener("click", () => { text.value = words; chooseKind(kind); text.focus(); });
  return make("li", { className: "row" }, make("p", { className: "row__body", dir: "auto" }, words), make("div", { className: "row__aside" }, take));
}
