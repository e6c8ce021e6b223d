import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { newDevice, openPage } from "../page.js";

const META = { participant: "p-alice", key: "key-alice", clock: "0", pages: "parvis-pages", worker: "/partenaires/sw.js", home: "/partenaires/" };
const SITE = "https://parvis.test";
let stores, asked, answers;

class Store extends Map {
  async match(request) { const text = this.get(String(request)); return text === undefined ? undefined : new Response(text); }
  async put(request, response) { this.set(String(request), await response.text()); }
  async add(request) { const response = await fetch(request); if (!response.ok) throw new TypeError("not ok"); await this.put(request, response); }
}

beforeEach(() => {
  newDevice();
  stores = {};
  asked = [];
  answers = {};
});

async function fetch(request) {
  const path = String(request).replace(SITE, "");
  asked.push(path);
  if (!(path in answers)) throw new TypeError("Failed to fetch");
  return new Response(answers[path]);
}

async function open(links) {
  const page = openPage({ html: links.map(path => `<a href="${SITE}${path}">x</a>`).join(""), path: "/partenaires/fiches/", meta: META, fetch });
  const caches = { open: async name => (stores[name] ??= new Store()), delete: async name => delete stores[name], keys: async () => Object.keys(stores) };
  page.window.caches = globalThis.caches = caches;
  navigator.serviceWorker = { ready: Promise.resolve() };
  performance.getEntriesByType = () => [];
  const { keepPages } = await page.load("parvis/js/offline-pages.js");
  await keepPages(page.document.querySelectorAll("a"));
  return page;
}

const sheet = number => `<link rel="stylesheet" href="/static/s.css"><script src="/static/${number}.js"></script>`;

test("the page, those it leads to, and what they need are kept, each asked once", async () => {
  answers = { "/partenaires/fiches/": sheet("list"), "/partenaires/fiches/a/": sheet("sheet"), "/static/s.css": "", "/static/list.js": "", "/static/sheet.js": "" };
  const page = await open(["/partenaires/fiches/a/", "/partenaires/fiches/a/"]);
  assert.deepEqual([...stores["parvis-pages"].keys()], [`${SITE}/partenaires/fiches/`, `${SITE}/partenaires/fiches/a/`]);
  assert.deepEqual([...stores["parvis-parts"].keys()].sort(), ["list.js", "s.css", "sheet.js"].map(name => `${SITE}/static/${name}`));
  assert.equal(page.document.documentElement.dataset.kept, "yes");
  asked = [];
  await open(["/partenaires/fiches/a/"]);
  assert.deepEqual(asked, []);
});

test("only pages of the surface are kept, whatever part of them is linked", async () => {
  answers = { "/partenaires/fiches/": sheet("list"), "/partenaires/noms/": sheet("list"), "/glossaire/": "non", "/static/s.css": "", "/static/list.js": "" };
  await open(["/glossaire/", "/partenaires/noms/#bas", "/partenaires/fiches/#haut"]);
  assert.deepEqual([...stores["parvis-pages"].keys()], [`${SITE}/partenaires/fiches/`, `${SITE}/partenaires/noms/`]);
});

test("a network that drops meanwhile leaves what was kept, and the page does not say that all is", async () => {
  answers = { "/partenaires/fiches/": sheet("list") };
  const page = await open(["/partenaires/fiches/a/"]);
  assert.deepEqual([...stores["parvis-pages"].keys()], [`${SITE}/partenaires/fiches/`]);
  assert.equal(page.document.documentElement.dataset.kept, undefined);
});

test("another participant's pages leave the device", async () => {
  answers = { "/partenaires/fiches/": sheet("list"), "/static/s.css": "", "/static/list.js": "" };
  await open([]);
  META.participant = "p-bob";
  try { await open([]); } finally { META.participant = "p-alice"; }
  assert.deepEqual(asked.filter(path => path === "/partenaires/fiches/").length, 2);
});
