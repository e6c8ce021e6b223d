// Pages kept on the device, with the scripts and styles they need, for when the network drops.
import { PAGES, WORKER, canKeep } from "./device.js";

const partsOf = page => [...page.querySelectorAll("script[src], link[rel=stylesheet], link[rel=icon]")]
  .map(part => new URL(part.getAttribute("src") ?? part.getAttribute("href"), location).href);

// Those of the surface, once each: the worker shows no other.
function addresses(links) {
  const folder = new URL(".", new URL(WORKER, location.href)).href;
  return new Set([location.href, ...Array.from(links, link => link.href)].map(href => href.split("#")[0]).filter(href => href.startsWith(folder)));
}

// Keeps this page, those that are linked, and what they need to be shown. Those already kept are not asked again.
export async function keepPages(links) {
  if (!self.caches || !navigator.serviceWorker || !(await canKeep)) return;
  await navigator.serviceWorker.ready;
  const wanted = new Set(performance.getEntriesByType("resource").map(entry => entry.name));
  try {
    const pages = await caches.open(PAGES), parts = await caches.open("parvis-parts");
    for (const href of addresses(links)) {
      let page = await pages.match(href);
      if (!page) {
        page = await fetch(href);
        if (!page.ok || page.redirected) continue;
        await pages.put(href, page.clone());
      }
      for (const part of partsOf(new DOMParser().parseFromString(await page.text(), "text/html"))) wanted.add(part);
    }
    for (const href of wanted) {
      if (new URL(href).pathname.startsWith("/static/") && !(await parts.match(href))) await parts.add(href);
    }
  } catch { return; }  // the network dropped meanwhile: what is kept is kept
  document.documentElement.dataset.kept = "yes";
}
