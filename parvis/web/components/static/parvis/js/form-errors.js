// What is wrong with a form that no server has read yet: a summary that takes the focus, each field marked and told. The
// same as `components/errors.html` and `components/field.html`, which say it once a server has.
import { make } from "./elements.js";

const KEPT = "Rien n'est encore enregistré. Ce que vous avez saisi est gardé.";
const listOf = control => control instanceof RadioNodeList ? [...control] : [control];

export function clearErrors(form) {
  for (const shown of form.querySelectorAll("[data-errors], .field__error")) shown.remove();
  for (const field of form.querySelectorAll(".field--error")) field.classList.remove("field--error");
  for (const control of form.querySelectorAll("[aria-invalid]")) {
    control.removeAttribute("aria-invalid");
    control.removeAttribute("aria-describedby");
  }
}

// Marks the field of `name`; gives its line of the summary.
function mark(form, name, words) {
  const controls = listOf(form.elements[name]), field = controls[0].closest(".field"), id = `${name}_error`;
  const label = field.querySelector("legend, .field__label");
  field.classList.add("field--error");
  label.after(make("p", { className: "field__error", id }, words));
  for (const control of controls) {
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", id);
  }
  return make("li", {}, make("a", { href: `#${controls[0].id}` }, label.textContent.trim()), ` : ${words}`);
}

// `errors`: [name of the field, what is wrong with it].
export function showErrors(form, errors) {
  clearErrors(form);
  const lines = errors.map(([name, words]) => mark(form, name, words));
  const summary = make("div", { className: "errors", role: "alert", tabIndex: -1, "data-errors": "" },
    make("p", {}, make("strong", {}, KEPT)), make("ul", {}, ...lines));
  form.prepend(summary);
  summary.focus();
}

// The fields of `names` that are empty, as `showErrors` wants them: each control says what it misses.
export function missing(form, names) {
  return names.filter(name => !form.elements[name].value?.trim()).map(name => [name, listOf(form.elements[name])[0].dataset.missing]);
}
