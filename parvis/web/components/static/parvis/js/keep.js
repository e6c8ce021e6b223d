// Pages and their parts kept for when the network drops.
import { PAGES, able } from "./device.js";

const partsOf = made => [...made.querySelectorAll("script[src], link[rel=stylesheet], link[rel=icon]")]
  .map(each => new URL(each.getAttribute("src") ?? each.getAttribute("href"), location).href);

// Keeps this page, those that are linked, and what they need to be shown. Those already kept are not asked again.
export async function keep(links) {
  if (!self.caches || !navigator.serviceWorker || !(await able)) return;
  await navigator.serviceWorker.ready;
  const wanted = new Set(performance.getEntriesByType("resource").map(each => each.name));
  try {
    const pages = await caches.open(PAGES), parts = await caches.open("parvis-parts");
    for (const href of new Set([location.href.split("#")[0], ...Array.from(links, link => link.href)])) {
      let kept = await pages.match(href);
      if (!kept) {
        kept = await fetch(href);
        if (!kept.ok || kept.redirected) continue;
        await pages.put(href, kept.clone());
      }
      for (const part of partsOf(new DOMParser().parseFromString(await kept.text(), "text/html"))) wanted.add(part);
    }
    for (const href of wanted) {
      if (new URL(href).pathname.startsWith("/static/") && !(await parts.match(href))) await parts.add(href);
    }
  } catch { return; }  // the network dropped meanwhile: what is kept is kept
  document.documentElement.dataset.kept = "yes";
}
