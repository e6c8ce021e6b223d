// What an agent typed is not lost with a session that ended meanwhile: it waits in this tab while she signs in again, and is
// back in its form when she is. Nothing stays of a form that the server answered, nor for another agent.
import { make } from "./elements.js";
import { meta } from "./page-meta.js";

const KEY = "parvis-typed-text";
const BACK = "Votre session s'était terminée : ce que vous aviez écrit est revenu. Rien n'est encore enregistré.";
const agent = meta("agent");  // none on the sign-in pages
const waiting = JSON.parse(sessionStorage.getItem(KEY) ?? "null");

const actionOf = form => form.getAttribute("action") ?? "";
const textFields = form => [...form.elements].filter(field => field.name && field.matches("textarea, input[type=text], input:not([type])"));

if (!agent) {
  if (waiting) sessionStorage.setItem(KEY, JSON.stringify({ ...waiting, signedOut: true }));
} else {
  if (waiting && (!waiting.signedOut || waiting.agent !== agent)) sessionStorage.removeItem(KEY);
  else if (waiting?.path === location.pathname) giveBack(waiting);
  document.addEventListener("submit", keep);
}

function keep(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  const texts = Object.fromEntries(textFields(form).filter(field => field.value !== field.defaultValue).map(field => [field.name, field.value]));
  if (!Object.keys(texts).length) return;
  sessionStorage.setItem(KEY, JSON.stringify({ agent, path: location.pathname, action: actionOf(form), texts }));
}

function giveBack({ action, texts }) {
  const names = Object.keys(texts);
  const form = [...document.forms].find(candidate => actionOf(candidate) === action && names.every(name => candidate.elements[name]));
  if (!form) return;
  for (const name of names) form.elements[name].value = texts[name];
  form.prepend(make("p", { className: "notice notice--waiting", role: "status" }, BACK));
  sessionStorage.removeItem(KEY);
}
