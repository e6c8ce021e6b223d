// What a table does, and its way back: each gesture is undone and done again by operations of its own.
import { intend, view } from "./room.js";
import { inverseOf } from "./inverse.js";

const done = [], undone = [], undo = document.querySelector("[data-undo]"), redo = document.querySelector("[data-redo]");
const MOST = 200;

// Write operations [{ kind, body, name }] as one gesture; gives their op_ids.
export async function act(operations) {
  const ids = [], back = [], again = [];
  for (const { kind, body, name } of operations) {
    const before = view();
    const op_id = await intend(kind, body, name);
    ids.push(op_id);
    const way = inverseOf({ op_id, kind, body }, before) ?? { undo: [], redo: [] };
    back.unshift(...way.undo);
    again.push(...way.redo);
  }
  done.push({ undo: back, redo: again });
  if (done.length > MOST) done.shift();
  undone.length = 0;
  tell();
  return ids;
}

async function step(from, to, way) {
  const gesture = from.pop();
  if (!gesture) return;
  to.push(gesture);
  tell();
  for (const { kind, body } of gesture[way]) await intend(kind, body);
}
function tell() { if (!undo) return; undo.disabled = !done.length; redo.disabled = !undone.length; }

export function offerUndo() {
  undo.addEventListener("click", () => step(done, undone, "undo"));
  redo.addEventListener("click", () => step(undone, done, "redo"));
  document.addEventListener("keydown", event => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.target.closest("textarea, input:not([type=checkbox]), dialog")) return;
    const key = event.key.toLowerCase(), back = key === "z" && !event.shiftKey, forth = key === "y" || (key === "z" && event.shiftKey);
    if (!back && !forth) return;
    event.preventDefault();
    (back ? undo : redo).click();
  });
}
