// The service worker that keeps the pages of a surface, run as a browser runs it: one script, told what it keeps.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, mock, test } from "node:test";
import vm from "node:vm";
import { settled, stopTime } from "../page.js";

const SOURCE = readFileSync(new URL("../../../parvis/web/components/pages_worker.js", import.meta.url), "utf8");
const SURFACE = { pages: "parvis-pages", folder: "/partenaires/", never: "^/partenaires/quitter/", entry: "^/partenaires/invitation/", offline: "/partenaires/hors-connexion/" };
const SITE = "https://parvis.test";
let stores, site, handlers;

class Store extends Map {
  async match(request) { return this.get(urlOf(request))?.clone(); }
  async put(request, response) { this.set(urlOf(request), response); }
  async add(request) { await this.put(request, await fetchFromSite({ url: urlOf(request) })); }
}
const urlOf = request => request.url ?? new URL(request, SITE).href;

// `site`: path → text, or a function; a path that is not there cannot be reached.
async function fetchFromSite({ url }) {
  const answer = site[new URL(url).pathname];
  if (answer === undefined) throw new TypeError("Failed to fetch");
  return typeof answer === "function" ? answer() : new Response(answer);
}

beforeEach(() => {
  stopTime();
  stores = {};
  site = { [SURFACE.offline]: "hors connexion" };
  handlers = {};
  const self = { addEventListener: (name, handler) => { handlers[name] = handler; }, skipWaiting: () => undefined, clients: { claim: () => undefined } };
  const caches = { open: async name => (stores[name] ??= new Store()), match: async () => undefined, delete: async name => delete stores[name] };
  vm.runInNewContext(`const SURFACE = ${JSON.stringify(SURFACE)};\n${SOURCE}`,
    { self, caches, fetch: fetchFromSite, location: { origin: SITE }, URL, Response, setTimeout: globalThis.setTimeout });
});
afterEach(() => mock.timers.reset());

async function install() {
  let done;
  handlers.install({ waitUntil: promise => { done = promise; } });
  await done;
}

// What the page is given; undefined when the worker leaves it to the browser.
function ask(path, { method = "GET", mode = "navigate" } = {}) {
  let answer;
  handlers.fetch({ request: { url: SITE + path, method, mode }, respondWith: promise => { answer = promise; }, waitUntil: () => undefined });
  return answer?.then(response => response.text());
}

test("a page comes from the network, and is kept for when there is none", async () => {
  await install();
  site["/partenaires/fiches/"] = "les fiches";
  assert.equal(await ask("/partenaires/fiches/"), "les fiches");
  delete site["/partenaires/fiches/"];
  assert.equal(await ask("/partenaires/fiches/"), "les fiches");
});

test("a page that was never kept says that there is no network", async () => {
  await install();
  assert.equal(await ask("/partenaires/ateliers/"), "hors connexion");
});

test("a site in trouble does not take the place of what was kept", async () => {
  site["/partenaires/fiches/"] = "les fiches";
  await ask("/partenaires/fiches/");
  site["/partenaires/fiches/"] = () => new Response("en panne", { status: 503 });
  assert.equal(await ask("/partenaires/fiches/"), "les fiches");
});

test("a slow network: what was kept is shown after three seconds", async () => {
  site["/partenaires/fiches/"] = "les fiches";
  await ask("/partenaires/fiches/");
  site["/partenaires/fiches/"] = () => new Promise(() => undefined);
  const answer = ask("/partenaires/fiches/");
  await settled();
  mock.timers.tick(3000);
  assert.equal(await answer, "les fiches");
});

test("what others serve, and what writes without leaving the page, are left to the browser", () => {
  assert.equal(ask("/gestion/"), undefined);
  assert.equal(ask("/partenaires/fiches/", { method: "POST", mode: "cors" }), undefined);
  assert.equal(ask("/partenaires/quitter/", { mode: "cors" }), undefined);
});

test("a page that is never kept comes from the network, is not kept, and says when there is none", async () => {
  await install();
  site["/partenaires/quitter/"] = "quitter";
  assert.equal(await ask("/partenaires/quitter/"), "quitter");
  delete site["/partenaires/quitter/"];
  assert.equal(await ask("/partenaires/quitter/"), "hors connexion");
});

test("a form sent without a network, or an invitation, ends on the page that says so", async () => {
  await install();
  assert.equal(await ask("/partenaires/fiches/x/avis/", { method: "POST" }), "hors connexion");
  assert.equal(await ask("/partenaires/invitation/x/", { method: "POST" }), "hors connexion");
});

test("words of its own where even that page is gone", async () => {
  assert.match(await ask("/partenaires/ateliers/"), /<h1>Pas de réseau/);
});

test("a file to take away is not kept twice", async () => {
  site["/partenaires/fiches/a.pdf"] = () => new Response("pdf", { headers: { "Content-Disposition": "attachment" } });
  await ask("/partenaires/fiches/a.pdf");
  assert.deepEqual([...stores["parvis-pages"].keys()], []);
});

test("a file named by its content is asked once; another is asked again while there is a network", async () => {
  site["/static/a.0123456789ab.css"] = "un";
  site["/static/b.js"] = "un";
  for (const path of Object.keys(site).filter(name => name.startsWith("/static/"))) await ask(path, { mode: "no-cors" });
  site["/static/a.0123456789ab.css"] = site["/static/b.js"] = "deux";
  assert.equal(await ask("/static/a.0123456789ab.css"), "un");
  assert.equal(await ask("/static/b.js"), "deux");
  delete site["/static/b.js"];
  assert.equal(await ask("/static/b.js"), "deux");
});

test("whoever comes in does not read what the last one kept; when the door stays shut, nothing moves", async () => {
  await install();
  site["/partenaires/fiches/"] = "d'Alice";
  await ask("/partenaires/fiches/");
  delete site["/partenaires/fiches/"];
  site["/partenaires/invitation/x/"] = () => new Response("refusée", { status: 422 });
  await ask("/partenaires/invitation/x/", { method: "POST" });
  assert.equal(await ask("/partenaires/fiches/"), "d'Alice");
  site["/partenaires/invitation/x/"] = () => ({ type: "opaqueredirect", text: async () => "" });
  await ask("/partenaires/invitation/x/", { method: "POST" });
  assert.equal(await ask("/partenaires/fiches/"), "hors connexion");
});

test("once someone left, nothing more is kept nor answered", async () => {
  site["/partenaires/fiches/"] = "les fiches";
  handlers.message({ data: "forget" });
  assert.equal(ask("/partenaires/fiches/"), undefined);
  assert.deepEqual(stores, {});
});
