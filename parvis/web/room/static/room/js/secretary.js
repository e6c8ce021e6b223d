// The page of a table's secretary: everything is written on this device first, then sent.
import { keepPages as keep } from "../../parvis/js/offline-pages.js";
import { act, offerUndo } from "./doing.js";
import { fillFamilies, offerArranging } from "./arranging.js";
import { arrange, fillFamily, fillNote, makeFamily, makeNote, shown } from "./cards.js";
import { offerCorrections } from "./correcting.js";
import { followStep, offerEntry, takeBack } from "./entry.js";
import { fillHeads, offerHeads } from "./heads.js";
import { tableOf } from "./model.js";
import { fillPhotographs, offerPhotographs } from "./photographs.js";
import { offerDots, tellDots } from "./placing.js";
import { start, whenRoomMoves } from "./room.js";
import { tellSaving } from "./saving.js";
import { showStep } from "./steps.js";

const families = document.querySelector("[data-families]"), alone = document.querySelector("[data-alone]");
const themes = new Map();

document.documentElement.classList.add("scripted");
families.replaceChildren();  // from here on the board is drawn from what this device knows
alone.replaceChildren();
offerEntry(); offerArranging(); offerCorrections(); offerUndo(); offerHeads(); offerPhotographs();
offerDots(document.getElementById("tableau"), body => act([{ kind: "dot", body, name: `dot:${body.target}` }]));
tellSaving(takeBack);
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
  fillFamilies(table);
  fillHeads(table.heads);
  fillPhotographs(mine.photos);
  tellDots(view, limitOf(view, table.heads, mine), dots);
});
start().then(() => keep([]));

// Notes of the table that the facilitator took off the screen: their words are told here alone.
function showHidden(view) {
  const hidden = [...view.own.values()].filter(note => view.notes.get(note.reference)?.hidden);
  shown(document.querySelector("[data-hidden-own]"), hidden.length > 0);
  document.querySelector("[data-hidden-list]").replaceChildren(...hidden.map(({ text }) => {
    const item = Object.assign(document.createElement("li"), { className: "row" });
    item.append(Object.assign(document.createElement("p"), { textContent: text, dir: "auto" }));
    return item;
  }));
}

// The dots of a table, by the people counted here, even if the server does not know them yet.
function limitOf(view, heads, mine) {
  const people = heads.reduce((sum, head) => sum + head.people, 0);
  return people ? people * view.dots_per_person : mine.limit;
}
