// Families and doubles: by ticking and buttons, or by dragging a note. The forms of the page without a script, kept here.
import { act } from "./doing.js";
import { openNote } from "./correcting.js";
import { view } from "./room.js";

const form = document.getElementById("choix"), board = document.getElementById("tableau");
const title = form.elements.title, select = form.elements.family;
const ticked = () => [...document.querySelectorAll(".note__choose:checked")].map(box => box.value);
const said = document.querySelector("[data-arranging-said]");

const GESTURES = {
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

export function offerArranging() {
  form.addEventListener("submit", async event => {
    event.preventDefault();
    refuse("");
    const notes = ticked();
    if (!notes.length) return refuse("Cochez d'abord des notes.");
    const operations = GESTURES[event.submitter?.value ?? "gather"](notes);
    if (!operations) return;
    title.value = "";
    for (const box of document.querySelectorAll(".note__choose:checked")) box.checked = false;
    await act(operations);
  });
  board.addEventListener("click", clicked);
  offerDrag();
}

function refuse(words) { said.textContent = words; return undefined; }

function clicked(event) {
  const edit = event.target.closest("[data-edit]"), part = event.target.closest("[data-part]");
  const family = event.target.closest("[data-family]")?.dataset.family;
  if (edit) { event.preventDefault(); openNote(edit.closest("[data-note]").dataset.note); }
  else if (part) act([{ kind: "duplicate", body: { note: part.dataset.part, of: null } }]);
  else if (event.target.closest("[data-dissolve]")) act([{ kind: "withdraw", body: { of: family } }]);
  else if (event.target.closest("[data-rename]")) rename(event.target.closest("[data-family]"), family);
}

function rename(section, reference) {
  const heading = section.querySelector("[data-title]");
  if (section.querySelector("[data-new-title]")) return;
  const input = Object.assign(document.createElement("input"), { maxLength: 200, value: heading.textContent });
  input.dataset.newTitle = "";
  input.setAttribute("aria-label", "Nouveau titre de la famille");
  let ended = false;
  const end = keep => {
    if (ended) return;  // taking the field away makes it lose the focus
    ended = true;
    const words = input.value.trim();
    input.remove();
    if (keep && words && words !== view().families.get(reference)?.title) act([{ kind: "edit", body: { of: reference, title: words } }]);
  };
  input.addEventListener("keydown", event => {
    if (event.key === "Enter") { event.preventDefault(); end(true); } else if (event.key === "Escape") end(false);
  });
  input.addEventListener("blur", () => end(true));
  heading.after(input);
  input.select();
}

// A note goes where it is dropped: a family, or none. The buttons do the same.
function offerDrag() {
  let dragged = "";
  board.addEventListener("pointerdown", event => {
    const card = event.target.closest("[data-note]");
    if (card) card.draggable = !event.target.closest("input, a, button, summary");
  });
  board.addEventListener("dragstart", event => {
    dragged = event.target.closest?.("[data-note]")?.dataset.note ?? "";
    event.dataTransfer.effectAllowed = "move";
  });
  board.addEventListener("dragover", event => {
    const target = dragged && event.target.closest("[data-family]");
    for (const each of board.querySelectorAll(".is-over")) if (each !== target) each.classList.remove("is-over");
    if (target) { event.preventDefault(); target.classList.add("is-over"); }
  });
  board.addEventListener("dragend", () => { dragged = ""; for (const each of board.querySelectorAll(".is-over")) each.classList.remove("is-over"); });
  board.addEventListener("drop", event => {
    const target = event.target.closest("[data-family]");
    if (!dragged || !target) return;
    event.preventDefault();
    const note = dragged, of = target.dataset.family || null;
    if ((view().notes.get(note)?.family ?? null) !== of) act([{ kind: "family", body: { of, notes: [note] } }]);
  });
}

// The families where a note may go, hers first.
export function fillFamilies({ families, others }) {
  const wanted = [["", "Nouvelle famille"], ...families.map(each => [each.reference, each.title]),
    ...others.map(each => [each.reference, each.table ? `${each.title} (table ${each.table})` : each.title])];
  const same = select.options.length === wanted.length && wanted.every(([value, label], place) => select.options[place].value === value && select.options[place].text === label);
  if (same) return;
  const chosen = select.value;
  select.replaceChildren(...wanted.map(([value, label]) => new Option(label, value)));
  select.value = wanted.some(([value]) => value === chosen) ? chosen : "";
}
