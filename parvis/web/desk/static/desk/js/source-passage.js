/* The passage a line comes from is lit beside it; a click in the source goes to the line. */
const wide = window.matchMedia("(min-width: 60rem)");

export function showPassage(line) {
  for (const lit of document.querySelectorAll(".source__lines .lit")) lit.classList.remove("lit");
  if (!line.dataset.source) return;
  const passage = [];
  for (let number = Number(line.dataset.first); number <= Number(line.dataset.last); number += 1) {
    const row = document.getElementById(`s${line.dataset.source}-${number}`);
    if (row) passage.push(row);
  }
  for (const row of passage) row.classList.add("lit");
  if (passage.length && wide.matches) scrollInside(passage[0]);
}

/* Scrolls the source alone, never the page. */
function scrollInside(row) {
  const pane = row.closest(".review__source");
  const gap = row.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  pane.scrollTop += gap - pane.clientHeight / 3;
}

export function watchSource(lines) {
  const source = document.getElementById("source");
  source.addEventListener("click", (event) => {
    const row = event.target.closest(".source__lines > li");
    if (!row || String(getSelection())) return;
    const [index, number] = row.id.slice(1).split("-").map(Number);
    const origin = lines.all.find(
      (line) => Number(line.dataset.source) === index && line.dataset.first <= number && number <= line.dataset.last,
    );
    if (origin) lines.focus(origin.dataset.code);
  });
  lines.list.addEventListener("click", (event) => {
    const link = event.target.closest("[data-passage]");
    if (link && wide.matches) {
      event.preventDefault();
      lines.focus(link.closest(".line").dataset.code);
      showPassage(link.closest(".line"));
    }
  });
}
