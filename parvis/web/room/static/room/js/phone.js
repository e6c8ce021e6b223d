// A phone in the room: written on this device first, then sent; the board is read as it moves.
import { keepPages as keep } from "../../parvis/js/offline-pages.js";
import { arrange, fillFamily, fillKind, fillNote, makeFamily, makeNote, put, shown } from "./cards.js";
import { offerCorrections, openNote } from "./correcting.js";
import { followStep, offerEntry, takeBack } from "./entry.js";
import { boardOf } from "./model.js";
import { offerDots, tellDots } from "./placing.js";
import { start, whenRoomMoves } from "./room.js";
import { tellSaving } from "./saving.js";
import { showStep } from "./steps.js";

const families = document.querySelector("[data-families]"), alone = document.querySelector("[data-alone]");
const own = document.querySelector("[data-own]"), template = document.getElementById("own-template");

document.documentElement.classList.add("scripted");
for (const list of [families, alone, own]) list.replaceChildren();  // drawn from what this device knows
offerEntry(); offerCorrections(); offerDots(document.querySelector(".phone"));
tellSaving(takeBack);
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
  shown(document.querySelector("[data-nothing]"), !board.families.length && !board.alone.length);
  const mine = [...view.own.values()].reverse();
  arrange(own, mine, "data-own-note", makeOwn, (card, note) => fillOwn(card, note, view, open));
  shown(document.querySelector("[data-own-section]"), mine.length > 0);
  tellDots(view, view.dots_per_person, dots);
  shown(document.querySelector("[data-dots-link]"), dots);
});
start().then(() => keep([]));

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
  put(card.querySelector("[data-text]"), note.text);
  put(card.querySelector("[data-short]"), note.text.slice(0, 60));
  shown(card.querySelector("[data-pending]"), Boolean(known?.pending ?? note.pending));
  shown(card.querySelector("[data-asks]"), Boolean(known?.waiting));
  shown(card.querySelector("[data-hidden]"), Boolean(known?.hidden));
  shown(card.querySelector("[data-contest]"), Boolean(known?.hidden));
  shown(card.querySelector("[data-late]"), !known && view.state === "closed");
  shown(card.querySelector("[data-edit]").parentElement, open);
}
