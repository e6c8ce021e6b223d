// Pages kept on the device, with the scripts and styles they need, for when the network drops.
import { PAGES, canKeep } from "./device.js";

const partsOf = page => [...page.querySelectorAll("script[src], link[rel=stylesheet], link[rel=icon]")]
  .map(part => new URL(part.getAttribute("src") ?? part.getAttribute("href"), location).href);

// Keeps this page, those that are linked, and what they need to be shown. Those already kept are not asked again.
export async function keepPages(links) {
  if (!self.caches || !navigator.serviceWorker || !(await canKeep)) return;
  await navigator.serviceWorker.ready;
  const wanted = new Set(performance.getEntriesByType("resource").map(entry => entry.name));
  try {
    const pages = await caches.open(PAGES), parts = await caches.open("parvis-parts");
    for (const href of new Set([location.href.split("#")[0], ...Array.from(links, link => link.href)])) {
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
