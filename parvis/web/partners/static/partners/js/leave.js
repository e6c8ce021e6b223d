// Leaving is refused while something may still be sent; then nothing stays on the device.
import { HOME, able } from "../../parvis/js/device.js";
import { left, send, wipe } from "../../parvis/js/outbox.js";

const form = document.querySelector("[data-leave]"), state = document.querySelector("[data-leave-said]");
let warned = false;
const waits = count => `${count} réponse${count > 1 ? "s attendent" : " attend"} encore d'être envoyée${count > 1 ? "s" : ""} : retrouvez du réseau, puis fermez. Rien n'est perdu.`;

form.addEventListener("submit", async event => {
  event.preventDefault();
  state.textContent = "";
  if (!(await able)) return form.submit();
  await send();
  const { leaving, never } = await left();
  if (leaving) { state.textContent = waits(leaving); return; }
  if (never && !warned) {
    warned = true;
    state.textContent = "Ce qui a été refusé est encore gardé ici : fermer l'effacera. Fermez de nouveau pour confirmer.";
    return;
  }
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
    if (answer.type !== "opaqueredirect") return form.submit();
  } catch { state.textContent = "Pas de réseau : rien n'est fermé. Retrouvez du réseau, puis fermez."; return; }
  if (!(await left()).leaving) await wipe();  // written meanwhile in another tab: kept until the invitation opens again
  location.assign(HOME);
});
