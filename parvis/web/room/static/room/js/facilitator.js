// The facilitator's page: follows the room, sends the forms without leaving the page, drag and keyboard.
import { make } from "../../parvis/js/elements.js";
import { meta } from "../../parvis/js/page-meta.js";
import { follow, readAgain } from "./follow.js";
import { watchNoteDrag } from "./note-drag.js";

const page = `/atelier/${meta("room")}/table/`;
const TICKED = ".note__choose:checked, .family__head input:checked, [data-arrivals] input:checked";
const ADDRESSES = ["geste", "conduire", "entrees"].map(name => `/table/${name}/`);
const LATER = "Le site ne peut pas répondre en ce moment : ce geste n'est pas fait. Refaites-le dans un instant.";
const status = document.querySelector("[data-said]");
const typing = () => document.activeElement?.matches("textarea, input:not([type=checkbox]), select") && document.activeElement.value !== "";

const edited = () => [...document.querySelectorAll("[data-part] textarea, [data-part] input:not([type=checkbox], [type=hidden])")]
  .filter(field => field.id && field.value !== field.defaultValue);

// What is ticked, what is typed and where the focus is survive a reading of the page.
async function refresh() {
  const typed = new Map(edited().map(field => [field.id, field.value]));
  const ticked = new Set([...document.querySelectorAll(TICKED)].map(box => box.id));
  const focused = document.activeElement?.id;
  const opened = [...document.querySelectorAll("[data-part] details[open] > summary")].map(summary => summary.textContent);
  const done = await readAgain(page);
  for (const [id, words] of typed) if (document.getElementById(id)) document.getElementById(id).value = words;
  for (const box of [...ticked].map(id => document.getElementById(id))) if (box) box.checked = true;
  for (const summary of document.querySelectorAll("[data-part] details > summary")) {
    if (opened.includes(summary.textContent)) summary.parentElement.open = true;
  }
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
  return done;
}
const again = follow(() => !typing() && refresh());

async function send(form, submitter) {
  const body = new FormData(form);
  if (submitter?.name) body.set(submitter.name, submitter.value);
  const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
  if (answer.status >= 500) { status.textContent = LATER; return; }
  if (answer.headers.get("Content-Type") !== "application/json") { location.reload(); return; }
  const { refusal } = await answer.json();
  status.textContent = refusal;
  if (refusal) return;
  for (const box of document.querySelectorAll(TICKED)) box.checked = false;
  for (const field of form.querySelectorAll("input[name=title], input[name=number]")) field.value = "";
  for (const field of form.querySelectorAll("textarea")) field.defaultValue = field.value;  // kept by the server now
  history.replaceState(null, "", page);
  await refresh();
  again();
}

document.addEventListener("submit", event => {
  const form = event.target;
  if (!ADDRESSES.some(address => form.action.endsWith(address))) return;
  if (["open", "close"].includes(event.submitter?.value)) return;  // the whole page changes
  event.preventDefault();
  send(form, event.submitter).catch(() => { status.textContent = "Réseau coupé : ce geste n'est pas parti. Refaites-le quand le réseau revient."; });
});

// Keys for the one who stands: next step, pause, five minutes more; the last gesture undone.
const KEYS = { n: "next", p: "pause", "+": "extend" };
document.addEventListener("keydown", event => {
  if (undoes(event)) { document.querySelector(`#conduite button[value="undo"]`)?.click(); event.preventDefault(); return; }
  const move = event.altKey && !event.ctrlKey && KEYS[event.key];
  if (!move) return;
  const buttonOf = value => document.querySelector(`#conduite button[value="${value}"]`);
  const button = buttonOf(move) ?? (move === "pause" ? buttonOf("resume") : null);
  if (!button) return;
  event.preventDefault();
  button.click();
});

// In a field, Control and Z undo what is typed.
function undoes(event) {
  return (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "z" && !event.target.closest("textarea, input:not([type=checkbox])");
}

// The tools come at the top of their column with the first tick.
document.addEventListener("change", event => {
  if (event.target.matches(TICKED)) document.querySelector(".conduct__side").scrollTop = 0;
});

// A note dragged onto a family, or out of any, goes as the form of the buttons would.
watchNoteDrag(document, (note, family) => {
  const choices = document.getElementById("choix");
  if (!choices) return;
  const field = (name, value) => make("input", { type: "hidden", name, value });
  const form = make("form", { action: choices.action },
    field("csrfmiddlewaretoken", choices.elements.csrfmiddlewaretoken.value), field("notes", note),
    field("gesture", family ? "gather" : "take_out"), field("family", family));
  send(form).catch(() => { status.textContent = "Réseau coupé : ce geste n'est pas parti."; });
});
