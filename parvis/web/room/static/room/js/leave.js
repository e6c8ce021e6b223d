// Leaving is refused while something may still be sent; then nothing of this place stays on the device.
import { HOME, able, participant } from "../../parvis/js/device.js";
import { left, send, wipe } from "../../parvis/js/outbox.js";
import { forget, photosOf } from "./kept.js";

const form = document.querySelector("[data-leave]"), state = document.querySelector("[data-leave-said]");
const WAITS = "attend encore d'être envoyé : retrouvez du réseau, puis quittez. Rien n'est perdu.";
let warned = false;

form.addEventListener("submit", async event => {
  event.preventDefault();
  state.textContent = "";
  if (!(await able)) return form.submit();
  await send();
  const { leaving, never } = await left(), photos = await photosOf(participant);
  const waiting = leaving + photos.filter(photo => !photo.refused).length;
  if (waiting) { state.textContent = waiting > 1 ? `${waiting} écrits attendent encore d'être envoyés : retrouvez du réseau, puis quittez. Rien n'est perdu.` : `Un écrit ${WAITS}`; return; }
  if ((never || photos.length) && !warned) {
    warned = true;
    state.textContent = "Ce qui a été refusé est encore gardé ici : quitter l'effacera. Quittez de nouveau pour confirmer.";
    return;
  }
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
    if (answer.type !== "opaqueredirect") return form.submit();
  } catch { state.textContent = "Pas de réseau : rien n'est fermé. Retrouvez du réseau, puis quittez."; return; }
  await forget(participant);
  if (!(await left()).leaving) await wipe();
  location.assign(HOME);
});
