// Keeps the pages of a surface readable without a network. What is written goes through the outbox instead. Each surface
// serves it below its own folder, after one line: const SURFACE = { pages, folder, never, entry, offline }.
const PAGES = SURFACE.pages, PARTS = "parvis-parts";
const PATIENCE_MS = 3000;
const NEVER = new RegExp(SURFACE.never), ENTRY = new RegExp(SURFACE.entry), OFFLINE = SURFACE.offline;
const LAST_WORDS = '<!doctype html><html lang="fr"><meta name="viewport" content="width=device-width"><title>Pas de réseau</title>'
  + "<h1>Pas de réseau</h1><p>Revenez en arrière, ou rechargez cette page quand le réseau sera revenu.</p></html>";
const NAMED_BY_CONTENT = /\.[0-9a-f]{12}\.\w+$/;

self.addEventListener("install", event => {
  event.waitUntil(caches.open(PAGES).then(pages => pages.add(OFFLINE)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()));

// Someone left: from now on nothing is kept.
let gone = false;
self.addEventListener("message", event => { gone ||= event.data === "forget"; });

self.addEventListener("fetch", event => {
  if (gone) return;
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  const ours = url.pathname.startsWith(SURFACE.folder), reads = request.method === "GET";
  if (request.method === "POST" && ENTRY.test(url.pathname)) event.respondWith(comeIn(request).catch(noNetwork));
  else if (reads && url.pathname.startsWith("/static/")) event.respondWith(part(request));
  else if (reads && ours && !NEVER.test(url.pathname)) event.respondWith(page(event));
  else if (ours && request.mode === "navigate") event.respondWith(fetch(request).catch(noNetwork));
});

// Never the browser's own error: the page of the surface that says it, or these words where even that one is gone.
async function noNetwork() {
  const kept = await (await caches.open(PAGES)).match(OFFLINE);
  return kept ?? new Response(LAST_WORDS, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

// Someone comes in, perhaps another person: what the last one read is not hers.
async function comeIn(request) {
  const answer = await fetch(request);
  if (answer.type !== "opaqueredirect") return answer;  // the entry was refused
  await caches.delete(PAGES);
  await (await caches.open(PAGES)).add(OFFLINE).catch(() => undefined);
  return answer;
}

// A file whose name tells its content is right once kept. A module that another imports has no such name: the network
// first. Those of a former version stay, for the pages kept with them.
async function part(request) {
  const parts = await caches.open(PARTS);
  const kept = await parts.match(request);
  if (kept && NAMED_BY_CONTENT.test(request.url)) return kept;
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await parts.put(request, fresh.clone());
    return fresh;
  } catch (lost) {
    if (kept) return kept;
    throw lost;
  }
}

// A file to take away, not a page: several megabytes that the device would keep twice.
function joined(answer) {
  return (answer.headers.get("Content-Disposition") ?? "").startsWith("attachment");
}

// The network first, for a short while; then what was kept.
async function page(event) {
  const pages = await caches.open(PAGES);
  const asked = fetch(event.request).then(async fresh => {
    if (fresh.ok && !fresh.redirected && !joined(fresh)) await pages.put(event.request.url.split("#")[0], fresh.clone());
    return fresh;
  });
  const kept = await pages.match(event.request, { ignoreSearch: true, ignoreVary: true });
  if (!kept) return event.request.mode === "navigate" ? asked.catch(noNetwork) : asked;
  event.waitUntil(asked.catch(() => undefined));
  const waited = new Promise(done => setTimeout(done, PATIENCE_MS, kept));
  return Promise.race([asked.then(fresh => fresh.status < 500 ? fresh : kept, () => kept), waited]);
}
