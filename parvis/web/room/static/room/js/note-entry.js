// Fast entry: Enter saves, Alt and a figure choose the kind, the field is ready for the next note at once.
import { make } from "../../parvis/js/elements.js";
import { applyChange } from "./undo.js";

const form = document.querySelector("[data-note-form]"), text = form.elements.text;
const kinds = [...form.querySelectorAll("[name=contribution_kind]")];
const MOST = 4000, LONG = "Ce texte est trop long : séparez-le en deux notes. Rien n'est effacé.";
const NO_KIND = "Choisissez d'abord : atout, défi, proposition ou à classer.", NO_THEME = "Choisissez d'abord la thématique.";
const OF_STEP = { strengths: "strength", challenges: "challenge", proposals: "proposal" };
const ofStep = form.querySelector("[data-kind-of-step]"), status = form.querySelector("[data-entry-said]");
let touched = false, usual = "";

export function takeBack(words) {
  if (text.value.trim()) return false;
  text.value = words;
  text.focus();
  return true;
}

export function offerEntry() {
  text.rows = 2;
  text.setAttribute("enterkeyhint", "send");
  form.addEventListener("submit", event => { event.preventDefault(); save(); });
  text.addEventListener("keydown", event => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    save();
  });
  document.addEventListener("keydown", event => {
    const choice = event.altKey && !event.ctrlKey && !event.metaKey && /^Digit[1-4]$/.test(event.code) && kinds[Number(event.code.at(-1)) - 1];
    if (!choice || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    choice.checked = true;
    touched = true;
    text.focus();
  });
  form.addEventListener("change", event => { touched ||= event.target.name === "contribution_kind"; });
}

// A step that has a kind says it and chooses it; at another one, each note is asked its own.
export function followStep(step) {
  if (form.dataset.step === step) return;
  form.dataset.step = step;
  usual = OF_STEP[step] ?? "";
  ofStep.hidden = !usual;
  ofStep.querySelector("[data-kind-name]").textContent = usual && nameOf(usual);
  if (!(touched && text.value.trim())) choose(usual);
}

function choose(kind) {
  for (const choice of kinds) choice.checked = choice.value === kind;
  touched = false;
}
function nameOf(kind) { return kinds.find(choice => choice.value === kind).closest("label").querySelector(".kind").textContent.trim(); }

async function save() {
  const words = text.value.trim(), kind = kinds.find(choice => choice.checked)?.value, theme = form.elements.theme.value;
  showFault(words.length > MOST ? LONG : words && !kind ? NO_KIND : words && !theme ? NO_THEME : "");
  if (!words) { text.focus(); return; }
  if (words.length > MOST) return;
  if (!kind) { kinds[0].focus(); return; }
  if (!theme) { form.elements.theme.focus(); return; }
  const conclusion = form.elements.conclusion?.checked;
  const body = { contribution_kind: kind, theme, text: words, ...(conclusion ? { conclusion: true } : {}) };
  text.value = "";  // at once: the next one may be typed already
  if (form.elements.conclusion) form.elements.conclusion.checked = false;
  choose(usual);
  text.focus();
  try {
    await applyChange([{ kind: "note", body }]);
    status.textContent = `Note ajoutée : ${nameOf(kind).toLowerCase()}.`;
  } catch {
    if (!takeBack(words)) text.value = `${words}\n${text.value}`;
    choose(kind);
    form.submit();
  }
}

function showFault(words) {
  form.querySelector("[data-entry-fault]")?.remove();
  if (words) text.closest(".field").append(make("p", { className: "field__error", role: "alert", "data-entry-fault": "" }, words));
}
