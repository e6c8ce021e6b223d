// What was kept of the partners' pages follows what was written.
import { PAGES } from "../../parvis/js/device.js";
import { whenArrived } from "../../parvis/js/outbox.js";

// A kept page does not tell the words that have just left the device: it is read again.
async function refreshPages(batch) {
  if (!self.caches) return;
  const paths = batch.flatMap(({ kind, body }) =>
    kind !== "opinion" ? ["/partenaires/contributions/", ...(body.of ? [`/partenaires/contributions/${body.of}/`] : [])]
      : "comment" in body || "relation" in body ? [`/partenaires/fiches/${body.sheet}/`] : []);
  try {
    const pages = await caches.open(PAGES);
    for (const path of new Set(paths)) {
      const fresh = await fetch(path);
      if (fresh.ok && !fresh.redirected) await pages.put(new URL(path, location).href, fresh);
    }
  } catch { return; }
}

whenArrived(refreshPages);
