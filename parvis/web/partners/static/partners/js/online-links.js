// A link that leaves the pages of this surface is followed only where the site answers: no worker watches over the others,
// and without a network the browser would show an error of its own.
import { make } from "../../parvis/js/elements.js";
import { siteAnswers } from "./site-answers.js";

const NO_NETWORK = "Pas de réseau : cette page n'est pas gardée sur cet appareil. Ce que vous avez écrit l'est ; vous pouvez continuer ici.";
const FOLDER = new URL(location.pathname.split("/").slice(0, 2).join("/") + "/", location.href).href;

function leaves(link) { return link.origin === location.origin && !link.href.startsWith(FOLDER) && !link.target && !link.hasAttribute("download"); }

document.addEventListener("click", async event => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || !leaves(link)) return;
  event.preventDefault();
  document.querySelector("[data-no-page]")?.remove();
  if (await siteAnswers()) { location.assign(link.href); return; }
  const words = make("div", { className: "notice notice--waiting", role: "alert", tabIndex: -1, "data-no-page": "" }, make("p", { className: "notice__body" }, NO_NETWORK));
  document.getElementById("contenu").prepend(words);
  words.focus();
});
