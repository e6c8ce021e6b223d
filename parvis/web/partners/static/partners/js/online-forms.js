// A form that only the network can carry is not sent into the void: what was typed stays on the page.
import { make } from "../../parvis/js/elements.js";
import { siteAnswers } from "./site-answers.js";

const NO_NETWORK = "Pas de réseau : rien n'est parti. Ce que vous avez écrit reste sur cette page ; envoyez-le au retour du réseau.";
let answered = false;

document.addEventListener("submit", async event => {
  const form = event.target, { submitter } = event;
  form.querySelector("[data-no-network]")?.remove();
  if (event.defaultPrevented || navigator.onLine || answered) return;
  event.preventDefault();
  answered = await siteAnswers();
  if (answered) form.requestSubmit(submitter);
  else form.append(make("p", { className: "field__error", role: "alert", "data-no-network": "" }, NO_NETWORK));
});
