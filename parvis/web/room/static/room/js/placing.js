// Dots: one more, one less, never more than she has. The last count of a target is what is said.
import { dotsLeft } from "./model.js";
import { intend, view } from "./room.js";

const told = document.querySelector("[data-dots-left]");
let limit = 0;

// `write`: how an operation `dot` is written; on a table it may be undone.
export function offerDots(where, write = body => intend("dot", body, `dot:${body.target}`)) {
  where.addEventListener("click", event => {
    const button = event.target.closest("[data-less], [data-more]");
    if (button) place(button.closest("[data-dots]"), "more" in button.dataset ? 1 : -1);
  });
  where.addEventListener("change", event => { const form = event.target.closest("[data-dots]"); if (form) place(form, 0); });
  where.addEventListener("submit", event => { if (event.target.matches("[data-dots]")) { event.preventDefault(); place(event.target, 0); } });

  function place(form, step) {
    const { target, count } = form.elements, now = view(), { left } = dotsLeft(now, limit);
    const had = (now.notes.get(target.value) ?? now.families.get(target.value))?.mine ?? 0;
    const wanted = (step ? had + step : Number(count.value) || 0), given = Math.max(0, Math.min(wanted, had + left));
    count.value = given;
    if (given !== had) write({ target: target.value, count: given });
  }
}

export function tellDots(view, most, on) {
  limit = most;
  const { left } = dotsLeft(view, limit);
  told.hidden = !on;
  told.querySelector("[data-left]").textContent = left;
  told.querySelector("[data-limit]").textContent = limit;
  for (const button of document.querySelectorAll("[data-more]")) button.disabled = !left;
}
