// What a table changes, and its way back: each change is undone, and done again, by operations of its own.
import { inverseOf } from "./inverse.js";
import { oneByOne } from "./one-by-one.js";
import { intend, view } from "./room.js";

const MOST = 200;
const done = [], undone = [], inTurn = oneByOne();
const undoButton = document.querySelector("[data-undo]"), redoButton = document.querySelector("[data-redo]");

// Writes operations [{ kind, body, name }] as one change; gives their op_ids.
export function applyChange(operations) { return inTurn(() => write(operations)); }

async function write(operations) {
  const ids = [], back = [], again = [];
  for (const { kind, body, name } of operations) {
    const before = view();
    const op_id = await intend(kind, body, name);
    ids.push(op_id);
    const { undo, redo } = inverseOf({ op_id, kind, body }, before);
    back.unshift(...undo);
    again.push(...redo);
  }
  done.push({ undo: back, redo: again });
  if (done.length > MOST) done.shift();
  undone.length = 0;
  showButtons();
  return ids;
}

// Takes the last change of one pile to the other, by its operations of that `way`: "undo" or "redo".
async function move(from, to, way) {
  const change = from.pop();
  if (!change) return;
  to.push(change);
  showButtons();
  for (const { kind, body } of change[way]) await intend(kind, body);
}

function showButtons() {
  if (!undoButton) return;
  undoButton.disabled = !done.length;
  redoButton.disabled = !undone.length;
}

export function offerUndo() {
  undoButton.addEventListener("click", () => inTurn(() => move(done, undone, "undo")));
  redoButton.addEventListener("click", () => inTurn(() => move(undone, done, "redo")));
  document.addEventListener("keydown", event => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.target.closest("textarea, input:not([type=checkbox]), dialog")) return;
    const key = event.key.toLowerCase();
    const back = key === "z" && !event.shiftKey, forth = key === "y" || (key === "z" && event.shiftKey);
    if (!back && !forth) return;
    event.preventDefault();
    (back ? undoButton : redoButton).click();
  });
}
