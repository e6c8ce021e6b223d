// The list: what this device knows better than a kept page, and pages kept for when the network drops.
import { NOT_KEPT, canKeep, localAnswer, ownOperations } from "../../parvis/js/device.js";
import { showState } from "../../parvis/js/elements.js";
import { keepPages } from "../../parvis/js/offline-pages.js";
import { discard, watch } from "../../parvis/js/outbox.js";
import "./refresh-kept-pages.js";

const LABELS = { strengthen: "À renforcer", continue: "À poursuivre", adapt: "À faire évoluer", reconsider: "À réinterroger",
  unknown: "Je ne connais pas cette action", no_view: "Sans avis", out_of_scope: "Hors de mon périmètre" };
const state = document.querySelector("[data-outbox]"), forgetButton = document.querySelector("[data-forget-refused]");
const badges = [...document.querySelectorAll("[data-value-of]")];

// A kept page says how far she was then; this device, how far she is.
async function showAnswers() {
  for (const badge of badges) {
    const local = await localAnswer(`opinion:${badge.dataset.valueOf}`);
    if (!local || !("value" in local)) continue;
    badge.textContent = local.refused ? "Refusé" : LABELS[local.value] ?? "À lire";
    badge.className = `badge badge--${local.refused ? "danger" : local.value ? "done" : "waiting"}`;
  }
  const asked = badges.filter(badge => badge.hasAttribute("data-asked")), bar = document.querySelector("progress");
  const done = asked.filter(badge => badge.classList.contains("badge--done")), next = asked.find(badge => !done.includes(badge));
  if (!bar || bar.value === done.length) return;
  bar.value = done.length;
  document.querySelector("[data-answered]").textContent = `${done.length} fiche${done.length > 1 ? "s" : ""} sur ${asked.length} : votre avis est donné.`;
  const stage = !done.length ? "none" : next ? "some" : "all", link = document.querySelector("[data-following]");
  for (const part of document.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(stage);
  if (!link) return;
  if (next) link.href = next.closest("li").querySelector("a").href;
  link.textContent = link.dataset.following || link.textContent;
  link.hidden = !next;
}

async function refusedOpinions() { return (await ownOperations()).filter(op => op.kind === "opinion" && op.refused); }
forgetButton.addEventListener("click", async () => {
  for (const op of await refusedOpinions()) await discard(op.op_id);
  location.reload();
});

if (await canKeep) {
  watch(async current => { showState(state, current); forgetButton.hidden = !(await refusedOpinions()).length; });
  await showAnswers();
  await keepPages(document.querySelectorAll("[data-sheet], [data-keep], .names a, .site-nav a"));
} else showState(state, { level: "refused", words: NOT_KEPT });
