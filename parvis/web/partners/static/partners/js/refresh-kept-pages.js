// What was kept of the partners' pages follows what was written.
import { PAGES } from "../../parvis/js/device.js";
import { whenArrived } from "../../parvis/js/outbox.js";

// The pages that show what an operation changed. A bare opinion is shown by the device itself.
function pagesOf({ kind, body }) {
  if (kind !== "opinion") return ["/partenaires/contributions/", ...(body.of ? [`/partenaires/contributions/${body.of}/`] : [])];
  return "comment" in body || "relation" in body ? [`/partenaires/fiches/${body.sheet}/`] : [];
}

// A kept page does not show the text that has just left the device: it is read again.
async function refreshPages(batch) {
  if (!self.caches) return;
  try {
    const pages = await caches.open(PAGES);
    for (const path of new Set(batch.flatMap(pagesOf))) {
      const fresh = await fetch(path);
      if (fresh.ok && !fresh.redirected) await pages.put(new URL(path, location).href, fresh);
    }
  } catch { return; }
}

whenArrived(refreshPages);
