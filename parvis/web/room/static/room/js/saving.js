// What is saved and what is not, told truly; what was refused comes back with its words.
import { canKeep as able, NOT_KEPT } from "../../parvis/js/device.js";
import { discard, watch } from "../../parvis/js/outbox.js";
import { whenRoomMoves } from "./room.js";

const state = document.querySelector("[data-outbox]"), refused = document.querySelector("[data-refused]");
const list = document.querySelector("[data-refused-list]");
const say = (level, words) => { if (state.textContent !== words) { state.dataset.level = level; state.textContent = words; } };

// `takeBack(text)`: puts words back where they are typed; true when it could.
export function tellSaving(takeBack) {
  able.then(can => can ? watch(({ level, words }) => say(level, words)) : say("refused", NOT_KEPT));
  whenRoomMoves((view, facts) => {
    refused.hidden = !facts.refused.length;
    list.replaceChildren(...facts.refused.map(op => row(op, takeBack)));
  });
  addEventListener("beforeunload", event => { if (!self.isSecureContext && state.dataset.level === "waiting") event.preventDefault(); });
}

function row(op, takeBack) {
  const item = document.createElement("li"), text = op.body.text ?? op.body.title ?? op.body.organisation;
  item.className = "row";
  const why = Object.assign(document.createElement("p"), { textContent: op.refused });
  const words = Object.assign(document.createElement("p"), { textContent: text ?? "", dir: "auto" });
  const again = button("Reprendre ce texte", async () => { if (takeBack(op.body.text)) await discard(op.op_id); });
  const drop = button("Ne pas le garder", () => discard(op.op_id));
  const body = document.createElement("div");
  body.className = "row__body";
  body.append(why, ...(text ? [words] : []), ...(op.body.text ? [again, " "] : []), drop);
  item.append(body);
  return item;
}

function button(textContent, done) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent });
  made.addEventListener("click", done);
  return made;
}
