// Dots: one more, one less, never more than she has. The last count of a target is the one that stands.
import { dotsLeft } from "./model.js";
import { oneByOne } from "./one-by-one.js";
import { intend, view } from "./room.js";

const leftLine = document.querySelector("[data-dots-left]");
let limit = 0;

// `write`: how an operation `dot` is written; on a table it may be undone.
export function offerDots(root, write = body => intend("dot", body, `dot:${body.target}`)) {
  const inTurn = oneByOne();
  root.addEventListener("click", event => {
    const button = event.target.closest("[data-less], [data-more]");
    if (button) place(button.closest("[data-dots]"), "more" in button.dataset ? 1 : -1);
  });
  root.addEventListener("change", event => {
    const form = event.target.closest("[data-dots]");
    if (form) place(form, 0);
  });
  root.addEventListener("submit", event => {
    if (!event.target.matches("[data-dots]")) return;
    event.preventDefault();
    place(event.target, 0);
  });

  // `step`: one more or one less; 0 for the figure that was typed.
  function place(form, step) {
    const { target, count } = form.elements, typed = Number(count.value) || 0;
    inTurn(async () => {
      const now = view(), { left } = dotsLeft(now, limit);
      const before = (now.notes.get(target.value) ?? now.families.get(target.value))?.mine ?? 0;
      const given = Math.max(0, Math.min(step ? before + step : typed, before + left));
      count.value = given;
      if (given !== before) await write({ target: target.value, count: given });
    }).catch(() => form.submit());  // the device keeps nothing: the form goes as any form does
  }
}

// Shows what is left of `most` dots. `open`: whether dots are placed now.
export function showDotsLeft(now, most, open) {
  limit = most;
  const { left } = dotsLeft(now, limit);
  leftLine.hidden = !open;
  leftLine.querySelector("[data-left]").textContent = left;
  leftLine.querySelector("[data-limit]").textContent = limit;
  for (const button of document.querySelectorAll("[data-more]")) button.disabled = !left;
}
