// The step of the room and its clock; whether it is open, not yet, or over.
const step = document.querySelector("[data-step]"), clock = document.querySelector("[data-clock]");

export function showStep(view) {
  if (step.textContent !== (view.step?.title ?? "")) step.textContent = view.step?.title ?? "";
  const { ends_at: ends, seconds_left: left } = view.step ?? {};
  if (ends) clock.dataset.endsAt = ends; else delete clock.dataset.endsAt;
  if (left === null || left === undefined) delete clock.dataset.left; else clock.dataset.left = left;
  for (const [name, state] of [["closed", "closed"], ["prepared", "prepared"]]) {
    const notice = document.querySelector(`[data-${name}]`);
    if (notice) notice.hidden = view.state !== state;
  }
}
