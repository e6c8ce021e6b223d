// The position on a sheet is saved as it is chosen, and no other moves. Without this script one button saves them all.
const SAVING = "Enregistrement…", SAVED = "Enregistré.";
const NO_ANSWER = "Pas enregistré : le site n'a pas répondu. Quand le réseau sera revenu, appuyez sur « Enregistrer ».";
const form = document.querySelector("[data-positions]"), button = form.querySelector("[data-without-script]");
let submitted = false;
let last = Promise.resolve();  // one after the other: the last chosen is the last to arrive

const shownOf = select => form.elements[select.name.replace("v-", "was-")];
const isSaved = select => select.value === shownOf(select).value;

async function send(select, value) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set(select.name, value);
  try {
    const response = await fetch(location.href, { method: "POST", body, headers: { accept: "application/json" }, keepalive: true });
    const { refusal } = await response.json();
    if (refusal) return `Refusé : ${refusal}`;
  } catch { return NO_ANSWER; }
  shownOf(select).value = value;
  return SAVED;
}

form.addEventListener("change", ({ target: select }) => {
  const { value } = select, state = select.parentElement.querySelector("[data-position-state]");
  state.textContent = SAVING;
  last = last.then(async () => {
    const words = await send(select, value);
    if (select.value === value) state.textContent = words;
    button.hidden = [...form.querySelectorAll("select")].every(isSaved);
  });
});
addEventListener("beforeunload", event => {
  if (!submitted && ![...form.querySelectorAll("select")].every(isSaved)) event.preventDefault();
});
form.addEventListener("submit", () => { submitted = true; });
if (button) button.hidden = true;
