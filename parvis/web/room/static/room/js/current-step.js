// The step of the room and its clock; whether it is open, not yet, or over.
const step = document.querySelector("[data-step]"), clock = document.querySelector("[data-clock]");

export function showStep(view) {
  if (step.textContent !== (view.step?.title ?? "")) step.textContent = view.step?.title ?? "";
  const { ends_at: ends, seconds_left: left } = view.step ?? {};
  if (ends) clock.dataset.endsAt = ends;
  else delete clock.dataset.endsAt;
  if (left === null || left === undefined) delete clock.dataset.left;
  else clock.dataset.left = left;
  for (const part of document.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(view.state);
  // Words being typed stay on the page: what comes after the end is kept too, apart.
  for (const part of document.querySelectorAll("[data-writing]")) part.hidden = view.state !== "open" && !part.querySelector("textarea").value.trim();
}
