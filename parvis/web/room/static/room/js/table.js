// The facilitator's page: follows the room, sends gestures without leaving the page, drag and keyboard.
import { follow, readAgain } from "./follow.js";

const page = `/atelier/${document.querySelector('meta[name="parvis-room"]').content}/table/`;
const said = document.querySelector("[data-said]");
const typing = () => document.activeElement?.matches("textarea, input:not([type=checkbox]), select") && document.activeElement.value !== "";

// What is ticked and where the focus is survive a reading of the page.
async function refresh() {
  const ticked = new Set([...document.querySelectorAll(".note__choose:checked, .family__head input:checked")].map(box => box.id));
  const focused = document.activeElement?.id, open = [...document.querySelectorAll("[data-part] details[open] > summary")].map(each => each.textContent);
  const done = await readAgain(page);
  for (const id of ticked) { const box = document.getElementById(id); if (box) box.checked = true; }
  for (const summary of document.querySelectorAll("[data-part] details > summary")) if (open.includes(summary.textContent)) summary.parentElement.open = true;
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
  return done;
}
const again = follow(() => !typing() && refresh());

async function send(form, submitter) {
  const body = new FormData(form);
  if (submitter?.name) body.set(submitter.name, submitter.value);
  const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
  if (answer.headers.get("Content-Type") !== "application/json") { location.reload(); return; }
  const { refusal } = await answer.json();
  said.textContent = refusal;
  if (refusal) return;
  for (const box of document.querySelectorAll(".note__choose:checked, .family__head input:checked")) box.checked = false;
  for (const field of form.querySelectorAll("input[name=title]")) field.value = "";
  history.replaceState(null, "", page);
  await refresh();
  again();
}

document.addEventListener("submit", event => {
  const form = event.target;
  if (!form.action.endsWith("/table/geste/") && !form.action.endsWith("/table/conduire/")) return;
  if (["open", "close"].includes(event.submitter?.value)) return;  // the whole page changes
  event.preventDefault();
  send(form, event.submitter).catch(() => { said.textContent = "Réseau coupé : ce geste n'est pas parti. Refaites-le quand le réseau revient."; });
});

// Keys for the one who stands: next step, pause, five minutes more.
const KEYS = { n: "next", p: "pause", "+": "extend" };
document.addEventListener("keydown", event => {
  const name = event.altKey && !event.ctrlKey && KEYS[event.key];
  if (!name) return;
  const button = document.querySelector(`#conduite button[value="${name}"]`) ?? (name === "pause" && document.querySelector('#conduite button[value="resume"]'));
  if (button) { event.preventDefault(); button.click(); }
});

// A note is dragged onto a family, or out of any. Buttons do the same.
let dragged = "";
document.addEventListener("pointerdown", event => { const note = event.target.closest?.("[data-note]"); if (note) note.draggable = true; });
document.addEventListener("dragstart", event => { dragged = event.target.closest?.("[data-note]")?.dataset.note ?? ""; });
document.addEventListener("dragover", event => { if (dragged && event.target.closest?.("[data-family]")) { event.preventDefault(); } });
document.addEventListener("drop", event => {
  const target = event.target.closest?.("[data-family]"), form = document.getElementById("choix");
  if (!dragged || !target || !form) return;
  event.preventDefault();
  const body = document.createElement("form");
  body.action = form.action;
  const put = (name, value) => body.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  put("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  put("notes", dragged);
  put("gesture", target.dataset.family ? "gather" : "take_out");
  put("family", target.dataset.family);
  dragged = "";
  send(body).catch(() => { said.textContent = "Réseau coupé : ce geste n'est pas parti."; });
});
