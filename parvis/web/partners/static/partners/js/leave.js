// Leaving is refused while something waits to be sent; then nothing stays on the device.
import { send, waiting, wipe } from "./outbox.js";

const form = document.querySelector("[data-leave]"), said = document.querySelector("[data-leave-said]");
form.addEventListener("submit", async event => {
  event.preventDefault();
  await send();
  const left = (await waiting()).length;
  if (left) { said.textContent = `${left} réponse${left > 1 ? "s attendent" : " attend"} encore d'être envoyée${left > 1 ? "s" : ""} : retrouvez du réseau, puis fermez.`; return; }
  await wipe();
  form.submit();
});
