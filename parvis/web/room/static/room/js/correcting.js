// A note opened: its text, its kind, cut in two, taken away; what it said before, to take back.
import { act } from "./doing.js";
import { view } from "./room.js";

const dialog = document.getElementById("correction"), form = dialog.querySelector("[data-correct-form]");
const text = form.elements.text, error = form.querySelector("[data-correct-error]");
const versions = dialog.querySelector("[data-versions]"), list = dialog.querySelector("[data-versions-list]");
const room = document.querySelector('meta[name="parvis-room"]').content;
let note = null;

export function openNote(reference) {
  const now = view();
  note = now.notes.get(reference) ?? now.own.get(reference);
  if (!note) return;
  text.value = note.text;
  for (const kind of form.elements.correct_kind) kind.checked = kind.value === note.kind;
  form.elements.theme.value = note.theme;
  error.hidden = true;
  versions.hidden = true;
  dialog.showModal();
  text.focus();
  if (note.versions > 1) showVersions(reference);
}

export function offerCorrections() {
  form.addEventListener("submit", event => { event.preventDefault(); if (event.submitter?.value === "save") save(); });
  text.addEventListener("keydown", event => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); save(); }
  });
  form.querySelector("[data-withdraw]").addEventListener("click", () => done([{ kind: "withdraw", body: { of: note.reference } }]));
  form.querySelector("[data-split]")?.addEventListener("click", split);
}

function said() { return { kind: [...form.elements.correct_kind].find(each => each.checked)?.value ?? note.kind, theme: form.elements.theme.value }; }

// Only what changed is sent: someone else may be changing the rest.
function change(words) {
  const { kind, theme } = said(), body = { of: note.reference };
  if (words !== note.text) body.text = words;
  if (kind !== note.kind) body.contribution_kind = kind;
  if (theme && theme !== note.theme) body.theme = theme;
  return Object.keys(body).length > 1 ? [{ kind: "edit", body }] : [];
}

function save() {
  const words = text.value.trim();
  if (!words) return refuse("Écrivez au moins un mot, ou retirez la note.");
  done(change(words));
}

function split() {
  const first = text.value.slice(0, text.selectionStart).trim(), second = text.value.slice(text.selectionStart).trim();
  if (!first || !second) return refuse("Placez d'abord le curseur dans le texte, là où il faut couper.");
  const { kind, theme } = said();
  const made = { contribution_kind: kind, theme, text: second, split_from: note.reference };
  done([...change(first), { kind: "note", body: made, into: note.family }]);
}

async function done(operations) {
  dialog.close();
  const plain = operations.map(({ kind, body }) => ({ kind, body }));
  if (!plain.length) return;
  const ids = await act(plain), family = operations.at(-1).into;
  if (family) await act([{ kind: "family", body: { of: family, notes: [ids.at(-1)] } }]);
}

function refuse(words) { error.textContent = words; error.hidden = false; text.focus(); }

async function showVersions(reference) {
  try {
    const answer = await fetch(`/atelier/${room}/versions/${reference}`);
    if (!answer.ok || answer.redirected) return;
    const told = (await answer.json()).versions.filter(each => !each.current);
    if (note?.reference !== reference || !told.length) return;
    list.replaceChildren(...told.map(row));
    versions.hidden = false;
  } catch { return; }
}

function row(version) {
  const item = document.createElement("li"), take = document.createElement("button");
  item.className = "row";
  Object.assign(take, { type: "button", className: "button button--small", textContent: "Reprendre" });
  take.addEventListener("click", () => { text.value = version.text; for (const kind of form.elements.correct_kind) kind.checked = kind.value === version.kind; text.focus(); });
  const body = Object.assign(document.createElement("p"), { className: "row__body", textContent: version.text, dir: "auto" });
  const aside = document.createElement("div");
  aside.className = "row__aside";
  aside.append(take);
  item.append(body, aside);
  return item;
}
