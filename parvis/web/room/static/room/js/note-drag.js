// A note dragged onto a family, or out of any, with a mouse. Buttons do the same.

// `onDrop(note, family)`: their references; `family` is "" where a note is in none. `root`: what holds the notes.
export function watchNoteDrag(root, onDrop) {
  let dragged = "";
  root.addEventListener("pointerdown", event => {
    const card = event.target.closest?.("[data-note]");
    if (card) card.draggable = !event.target.closest("input, a, button, summary");
  });
  root.addEventListener("dragstart", event => {
    dragged = event.target.closest?.("[data-note]")?.dataset.note ?? "";
    if (dragged) event.dataTransfer.effectAllowed = "move";
  });
  root.addEventListener("dragover", event => {
    const target = dragged ? event.target.closest?.("[data-family]") : null;
    mark(root, target);
    if (target) event.preventDefault();
  });
  root.addEventListener("dragend", () => { dragged = ""; mark(root, null); });
  root.addEventListener("drop", event => {
    const target = event.target.closest?.("[data-family]");
    if (!dragged || !target) return;
    event.preventDefault();
    onDrop(dragged, target.dataset.family);
    dragged = "";
    mark(root, null);
  });
}

function mark(root, target) {
  for (const other of root.querySelectorAll(".is-over")) if (other !== target) other.classList.remove("is-over");
  target?.classList.add("is-over");
}
