// A form that only the network can carry is not sent into the void: what was typed stays on the page.
import { make } from "./elements.js";

const NO_NETWORK = "Pas de réseau : rien n'est parti. Ce que vous avez écrit reste sur cette page ; envoyez-le au retour du réseau.";
let serverAnswered = false;

document.addEventListener("submit", async event => {
  const form = event.target, { submitter } = event;
  form.querySelector("[data-no-network]")?.remove();
  if (event.defaultPrevented || navigator.onLine || serverAnswered) return;
  event.preventDefault();
  try {  // a site on this very machine answers without a network
    await fetch("/sante", { cache: "no-store" });
    serverAnswered = true;
    form.requestSubmit(submitter);
  } catch {
    form.append(make("p", { className: "field__error", role: "alert", "data-no-network": "" }, NO_NETWORK));
  }
});
