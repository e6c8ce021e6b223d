// Fast entry: Enter saves, Alt and a figure choose the kind, the field is ready for the next note at once.
import { make } from "../../parvis/js/elements.js";
import { applyChange } from "./undo.js";

const form = document.querySelector("[data-note-form]"), text = form.elements.text;
const kinds = [...form.querySelectorAll("[name=contribution_kind]")];
const MOST = 4000, LONG = "Ce texte est trop long : séparez-le en deux notes. Rien n'est effacé.";
let touched = false;

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

// At a new step the usual kind of that step is chosen.
export function followStep(step) {
  if (form.dataset.step === step) return;
  const first = form.dataset.step === undefined;
  form.dataset.step = step;
  const usual = { strengths: "strength", challenges: "challenge", proposals: "proposal" }[step];
  if (usual && !(first && touched)) for (const kind of kinds) kind.checked = kind.value === usual;
}

async function save() {
  const words = text.value.trim();
  showFault(words.length > MOST ? LONG : "");
  if (!words) { text.focus(); return; }
  if (words.length > MOST) return;
  const kind = kinds.find(choice => choice.checked)?.value ?? "unsorted", conclusion = form.elements.conclusion?.checked;
  const body = { contribution_kind: kind, theme: form.elements.theme.value, text: words, ...(conclusion ? { conclusion: true } : {}) };
  text.value = "";  // at once: the next one may be typed already
  if (form.elements.conclusion) form.elements.conclusion.checked = false;
  text.focus();
  try {
    await applyChange([{ kind: "note", body }]);
  } catch {
    if (!takeBack(words)) text.value = `${words}\n${text.value}`;
    form.submit();
  }
}

function showFault(words) {
  form.querySelector("[data-entry-fault]")?.remove();
  if (words) text.closest(".field").append(make("p", { className: "field__error", role: "alert", "data-entry-fault": "" }, words));
}
