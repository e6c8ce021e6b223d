/* Lines can be dragged by their group of words with the mouse; the keyboard has Alt and the arrows. */
export function watchDrag(gestures, lines) {
  const { list } = lines;
  let held = "";
  list.addEventListener("pointerdown", (event) => {
    const line = event.target.closest(".line");
    if (line) line.draggable = Boolean(event.target.closest(".line__box")) && event.pointerType === "mouse";
  });
  list.addEventListener("dragstart", (event) => {
    held = event.target.closest?.(".line")?.dataset.code ?? "";
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", held);
  });
  list.addEventListener("dragover", (event) => {
    const line = event.target.closest(".line");
    if (!held || !line) return;
    event.preventDefault();
    mark(list, line);
  });
  list.addEventListener("drop", (event) => {
    const line = event.target.closest(".line");
    if (!held || !line) return;
    event.preventDefault();
    const chosen = lines.chosen.map((each) => each.dataset.code);
    const moved = chosen.includes(held) ? chosen : [held];
    if (!moved.includes(line.dataset.code)) gestures.ask("move", { lines: moved, before: line.dataset.code });
  });
  list.addEventListener("dragend", () => {
    held = "";
    mark(list, null);
  });
}

function mark(list, line) {
  for (const each of list.querySelectorAll(".line--target")) each.classList.remove("line--target");
  line?.classList.add("line--target");
}
