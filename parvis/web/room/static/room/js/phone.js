// A phone in the room: written on this device first, then sent; the board is read as it moves.
import { keepPages } from "../../parvis/js/offline-pages.js";
import { arrange, fillFamily, fillKind, fillNote, makeFamily, makeNote, setShown, setText } from "./cards.js";
import { offerCorrections, openNote } from "./note-editor.js";
import { followStep, offerEntry, takeBack } from "./note-entry.js";
import { boardOf } from "./model.js";
import { offerDots, showDotsLeft } from "./dots.js";
import { start, whenRoomMoves } from "./room.js";
import { showSaving } from "./saving-state.js";
import { showStep } from "./current-step.js";

const families = document.querySelector("[data-families]"), alone = document.querySelector("[data-alone]");
const own = document.querySelector("[data-own]"), template = document.getElementById("own-template");

document.documentElement.classList.add("scripted");
for (const list of [families, alone, own]) list.replaceChildren();  // drawn from what this device knows
offerEntry(); offerCorrections(); offerDots(document.querySelector(".phone"));
showSaving(takeBack);
own.addEventListener("click", event => {
  const edit = event.target.closest("[data-edit]");
  if (edit) { event.preventDefault(); openNote(edit.closest("[data-own-note]").dataset.ownNote); }
});
whenRoomMoves(view => {
  const open = view.state === "open", board = boardOf(view), dots = open && placesDots(view);
  showStep(view);
  followStep(view.step?.kind ?? "");
  const extra = { themes: new Map(view.themes.map(({ code, name }) => [code, name])), doubles: board.doubles, dots };
  arrange(families, board.families, "data-family", makeFamily, (section, family) => fillFamily(section, family, extra));
  arrange(alone, board.alone, "data-note", makeNote, (card, note) => fillNote(card, note, extra));
  setShown(document.querySelector("[data-nothing]"), !board.families.length && !board.alone.length);
  const mine = [...view.own.values()].reverse();
  arrange(own, mine, "data-own-note", makeOwn, (card, note) => fillOwn(card, note, view, open));
  setShown(document.querySelector("[data-own-section]"), mine.length > 0);
  showDotsLeft(view, view.dots_per_person, dots);
  setShown(document.querySelector("[data-dots-link]"), dots);
});
start().then(() => keepPages([]));

// Dots have their time, when the agenda gives them one.
function placesDots(view) {
  return view.step?.kind === "priorities" || !view.steps.some(step => step.kind === "priorities");
}

function makeOwn({ reference }) {
  const made = template.content.firstElementChild.cloneNode(true);
  made.dataset.ownNote = reference;
  return made;
}

function fillOwn(card, note, view, open) {
  const known = view.notes.get(note.reference);
  card.className = `note note--plain note--${note.kind}`;
  fillKind(card, note.kind);
  setText(card.querySelector("[data-text]"), note.text);
  setText(card.querySelector("[data-short]"), note.text.slice(0, 60));
  setShown(card.querySelector("[data-pending]"), Boolean(known?.pending ?? note.pending));
  setShown(card.querySelector("[data-asks]"), Boolean(known?.waiting));
  setShown(card.querySelector("[data-hidden]"), Boolean(known?.hidden));
  setShown(card.querySelector("[data-contest]"), Boolean(known?.hidden));
  setShown(card.querySelector("[data-late]"), !known && view.state === "closed");
  setShown(card.querySelector("[data-edit]").parentElement, open);
}
