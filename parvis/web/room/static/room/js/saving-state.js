// What is saved and what is not, told truly; what was refused comes back with its words.
import { NOT_KEPT, canKeep } from "../../parvis/js/device.js";
import { make, showState } from "../../parvis/js/elements.js";
import { discard, watch } from "../../parvis/js/outbox.js";
import { whenRoomMoves } from "./room.js";

const state = document.querySelector("[data-outbox]"), refusedSection = document.querySelector("[data-refused]");
const refusedList = document.querySelector("[data-refused-list]");

// `takeBack(text)`: puts a text back where it is typed; true when it could.
export function showSaving(takeBack) {
  canKeep.then(able => able ? watch(current => showState(state, current)) : showState(state, { level: "refused", words: NOT_KEPT }));
  whenRoomMoves((view, { refused }) => {
    refusedSection.hidden = !refused.length;
    refusedList.replaceChildren(...refused.map(op => row(op, takeBack)));
  });
  addEventListener("beforeunload", event => { if (!self.isSecureContext && state.dataset.level === "waiting") event.preventDefault(); });
}

function row(op, takeBack) {
  const text = op.body.text ?? op.body.title ?? op.body.organisation;
  const again = button("Reprendre ce texte", async () => { if (takeBack(op.body.text)) await discard(op.op_id); });
  const drop = button("Ne pas le garder", () => discard(op.op_id));
  return make("li", { className: "row" }, make("div", { className: "row__body" },
    make("p", {}, op.refused), ...(text ? [make("p", { dir: "auto" }, text)] : []), ...(op.body.text ? [again, " "] : []), drop));
}

function button(label, onclick) { return make("button", { type: "button", className: "link", onclick }, label); }
