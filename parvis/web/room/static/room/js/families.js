// Families and doubles: by ticking and buttons, or by dragging a note. The page without a script has forms for the same.
import { make } from "../../parvis/js/elements.js";
import { watchNoteDrag } from "./note-drag.js";
import { openNote } from "./note-editor.js";
import { view } from "./room.js";
import { applyChange } from "./undo.js";

const form = document.getElementById("choix"), board = document.getElementById("tableau");
const title = form.elements.title, select = form.elements.family;
const ticked = () => [...document.querySelectorAll(".note__choose:checked")].map(box => box.value);
const refusal = document.querySelector("[data-arranging-said]");

// The operations of each button, on the notes that are ticked; none when something is missing.
const BUTTONS = {
  gather(notes) {
    if (select.value) return [{ kind: "family", body: { of: select.value, notes } }];
    if (!title.value.trim()) { title.focus(); return refuse("Donnez un titre à la famille, ou choisissez-en une."); }
    return [{ kind: "family", body: { title: title.value.trim(), notes } }];
  },
  take_out: notes => [{ kind: "family", body: { of: null, notes } }],
  same(notes) {
    if (notes.length < 2) return refuse("Cochez au moins deux notes qui disent la même chose.");
    return notes.slice(1).map(note => ({ kind: "duplicate", body: { note, of: notes[0] } }));
  },
  withdraw: notes => notes.map(of => ({ kind: "withdraw", body: { of } })),
};

export function offerFamilies() {
  form.addEventListener("submit", async event => {
    event.preventDefault();
    refuse("");
    const notes = ticked();
    if (!notes.length) { refuse("Cochez d'abord des notes."); return; }
    const operations = BUTTONS[event.submitter?.value ?? "gather"](notes);
    if (!operations) return;
    title.value = "";
    for (const box of document.querySelectorAll(".note__choose:checked")) box.checked = false;
    await applyChange(operations);
  });
  board.addEventListener("click", clicked);
  watchNoteDrag(board, (note, family) => {
    const of = family || null;
    if ((view().notes.get(note)?.family ?? null) !== of) applyChange([{ kind: "family", body: { of, notes: [note] } }]);
  });
}

function refuse(words) { refusal.textContent = words; return undefined; }

function clicked(event) {
  const edit = event.target.closest("[data-edit]"), part = event.target.closest("[data-part]");
  const family = event.target.closest("[data-family]")?.dataset.family;
  if (edit) { event.preventDefault(); openNote(edit.closest("[data-note]").dataset.note); }
  else if (part) applyChange([{ kind: "duplicate", body: { note: part.dataset.part, of: null } }]);
  else if (event.target.closest("[data-dissolve]")) applyChange([{ kind: "withdraw", body: { of: family } }]);
  else if (event.target.closest("[data-rename]")) rename(event.target.closest("[data-family]"), family);
}

function rename(section, reference) {
  const heading = section.querySelector("[data-title]");
  if (section.querySelector("[data-new-title]")) return;
  const input = make("input", { maxLength: 200, value: heading.textContent, "data-new-title": "", "aria-label": "Nouveau titre de la famille" });
  let ended = false;
  const end = keep => {
    if (ended) return;  // taking the field away makes it lose the focus
    ended = true;
    const newTitle = input.value.trim();
    input.remove();
    if (!keep || !newTitle || newTitle === view().families.get(reference)?.title) return;
    applyChange([{ kind: "edit", body: { of: reference, title: newTitle } }]);
  };
  input.addEventListener("keydown", event => {
    if (event.key === "Enter") { event.preventDefault(); end(true); } else if (event.key === "Escape") end(false);
  });
  input.addEventListener("blur", () => end(true));
  heading.after(input);
  input.select();
}

// The families where a note may go, hers first.
export function fillFamilyChoices({ families, others }) {
  const wanted = [["", "Nouvelle famille"], ...families.map(({ reference, title: name }) => [reference, name]),
    ...others.map(({ reference, title: name, table }) => [reference, table ? `${name} (table ${table})` : name])];
  const shown = Array.from(select.options, option => [option.value, option.text]);
  if (JSON.stringify(shown) === JSON.stringify(wanted)) return;
  const chosen = select.value;
  select.replaceChildren(...wanted.map(([value, label]) => new Option(label, value)));
  select.value = wanted.some(([value]) => value === chosen) ? chosen : "";
}
