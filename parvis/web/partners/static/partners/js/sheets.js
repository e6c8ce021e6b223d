// The list: what this device knows better than a kept page, and pages kept for when the network drops.
import { said, watch } from "./outbox.js";

const LABELS = { strengthen: "À renforcer", continue: "À poursuivre", adapt: "À faire évoluer", reconsider: "À réinterroger",
  unknown: "Je ne connais pas cette action", no_view: "Sans avis", out_of_scope: "Hors de mon périmètre" };
const state = document.querySelector("[data-outbox]");
watch(({ level, words }) => { state.dataset.level = level; state.textContent = words; });
for (const badge of document.querySelectorAll("[data-value-of]")) {
  const local = await said(`opinion:${badge.dataset.valueOf}`);
  if (local?.value) { badge.textContent = LABELS[local.value]; badge.className = "badge badge--done"; }
}
if (self.caches && navigator.onLine && navigator.serviceWorker) {
  await navigator.serviceWorker.ready;
  const pages = await caches.open("parvis-pages");
  for (const link of document.querySelectorAll("[data-sheet]")) {
    if (await pages.match(link.href)) continue;
    try { await fetch(link.href).then(answer => answer.ok && pages.put(link.href, answer)); } catch { break; }
  }
  document.documentElement.dataset.kept = "yes";
}
