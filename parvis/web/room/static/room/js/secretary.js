// The page of a table's secretary: everything is written on this device first, then sent.
import { make } from "../../parvis/js/elements.js";
import { keepPages } from "../../parvis/js/offline-pages.js";
import { offerAttendance, showAttendance } from "./attendance.js";
import { arrange, fillFamily, fillNote, makeFamily, makeNote, setShown } from "./cards.js";
import { showStep } from "./current-step.js";
import { offerDots, showDotsLeft } from "./dots.js";
import { fillFamilyChoices, offerFamilies } from "./families.js";
import { tableOf } from "./model.js";
import { offerCorrections } from "./note-editor.js";
import { followStep, offerEntry, takeBack } from "./note-entry.js";
import { offerPhotographs, showPhotographs } from "./photographs.js";
import { start, whenRoomMoves } from "./room.js";
import { showSaving } from "./saving-state.js";
import { applyChange, offerUndo } from "./undo.js";

const families = document.querySelector("[data-families]"), alone = document.querySelector("[data-alone]");
const themes = new Map();

document.documentElement.classList.add("scripted");
families.replaceChildren();  // from here on the board is drawn from what this device knows
alone.replaceChildren();
for (const offer of [offerEntry, offerFamilies, offerCorrections, offerUndo, offerAttendance, offerPhotographs]) offer();
offerDots(document.getElementById("tableau"), body => applyChange([{ kind: "dot", body, name: `dot:${body.target}` }]));
showSaving(takeBack);
whenRoomMoves((view, { mine }) => {
  showStep(view);
  followStep(view.step?.kind ?? "");
  for (const { code, name } of view.themes) themes.set(code, name);
  const table = tableOf(view), dots = view.state === "open" && view.step?.kind === "priorities";
  const extra = { themes, doubles: table.doubles, dots };
  arrange(families, table.families, "data-family", makeFamily, (section, family) => fillFamily(section, family, extra));
  arrange(alone, table.alone, "data-note", makeNote, (card, note) => fillNote(card, note, extra));
  document.querySelector("[data-nothing]").hidden = table.alone.length > 0;
  showHidden(view);
  fillFamilyChoices(table);
  showAttendance(table.heads);
  showPhotographs(mine.photos);
  showDotsLeft(view, limitOf(view, table.heads, mine), dots);
});
start().then(() => keepPages([]));

// Notes of the table that the facilitator took off the screen: their words are told here alone.
function showHidden(view) {
  const hidden = [...view.own.values()].filter(note => view.notes.get(note.reference)?.hidden);
  setShown(document.querySelector("[data-hidden-own]"), hidden.length > 0);
  document.querySelector("[data-hidden-list]").replaceChildren(...hidden.map(({ text }) => make("li", { className: "row" }, make("p", { dir: "auto" }, text))));
}

// The dots of a table, by the people counted here, even if the server does not know them yet.
function limitOf(view, heads, mine) {
  const people = heads.reduce((sum, head) => sum + head.people, 0);
  return people ? people * view.dots_per_person : mine.limit;
}
