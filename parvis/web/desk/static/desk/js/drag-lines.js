/* Lines can be dragged by their group of words with the mouse; the keyboard has Alt and the arrows. */
export function watchDrag(changes, lines) {
  const { list } = lines;
  let dragged = "";
  list.addEventListener("pointerdown", (event) => {
    const line = event.target.closest(".line");
    if (line) line.draggable = Boolean(event.target.closest(".line__box")) && event.pointerType === "mouse";
  });
  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.(".line")?.dataset.code ?? "";
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged);
  });
  list.addEventListener("dragover", (event) => {
    const line = event.target.closest(".line");
    if (!dragged || !line) return;
    event.preventDefault();
    mark(list, line);
  });
  list.addEventListener("drop", (event) => {
    const line = event.target.closest(".line");
    if (!dragged || !line) return;
    event.preventDefault();
    const chosen = lines.chosen.map((chosenLine) => chosenLine.dataset.code);
    const moved = chosen.includes(dragged) ? chosen : [dragged];
    if (!moved.includes(line.dataset.code)) changes.request("move", { lines: moved, before: line.dataset.code });
  });
  list.addEventListener("dragend", () => {
    dragged = "";
    mark(list, null);
  });
}

function mark(list, line) {
  for (const target of list.querySelectorAll(".line--target")) target.classList.remove("line--target");
  line?.classList.add("line--target");
}
