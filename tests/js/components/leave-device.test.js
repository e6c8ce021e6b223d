import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { OutboxServer } from "../outbox-server.js";
import { newDevice, openPage, settled, stopTime } from "../page.js";

const META = { participant: "p-alice", key: "key-alice", clock: "0", pages: "parvis-pages", worker: "/sw.js", home: "/partenaires/" };
const HTML = '<p data-leave-said></p><form method="post" action="https://parvis.test/partenaires/quitter/" data-leave><button>Fermer</button></form>';
let server, left, network;

beforeEach(() => { newDevice(); stopTime(); server = new OutboxServer(); left = 0; network = true; });
afterEach(() => mock.timers.reset());

async function fetch(address, options) {
  if (!network) throw new TypeError("Failed to fetch");
  if (!String(address).endsWith("/quitter/")) return server.fetch(address, options);
  left += 1;
  return { type: "opaqueredirect", ok: false, status: 0 };
}

async function open(script = "partners/js/leave.js") {
  const page = openPage({ html: HTML, meta: META, fetch });
  const device = await page.load("parvis/js/device.js");
  await page.load(script);
  await settled();
  const leave = async () => { page.one("button").click(); await settled(); };
  return { ...page, device, leave, status: () => page.one("[data-leave-said]").textContent };
}

test("with nothing waiting the access is closed, and the device forgets", async () => {
  const page = await open();
  await page.leave();
  assert.deepEqual([left, page.assigned, await indexedDB.databases()], [1, ["/partenaires/"], []]);
});

test("what waits is sent first; without a network nothing is closed, and nothing is lost", async () => {
  const page = await open();
  network = false;
  await page.device.storeOperation("note", { text: "un" });
  await page.device.storeOperation("note", { text: "deux" });
  await page.leave();
  assert.equal(page.status(), "2 réponses attendent encore d'être envoyées : retrouvez du réseau, puis fermez. Rien n'est perdu.");
  assert.deepEqual([left, (await page.device.ownOperations()).length], [0, 2]);
  network = true;
  await page.leave();
  assert.deepEqual([left, server.applied.size, await indexedDB.databases()], [1, 2, []]);
});

test("what was refused is forgotten only once it was said", async () => {
  server.verdicts.note = { status: "rejected", detail: "Trop long." };
  const page = await open();
  await page.device.storeOperation("note", { text: "un" });
  await page.leave();
  assert.equal(page.status(), "Ce qui a été refusé est encore gardé ici : fermer l'effacera. Fermez de nouveau pour confirmer.");
  assert.deepEqual([left, (await page.device.ownOperations()).length], [0, 1]);
  await page.leave();
  assert.deepEqual([left, await indexedDB.databases()], [1, []]);
});

test("nothing is closed when the site cannot be reached", async () => {
  const page = await open();
  network = false;
  await page.leave();
  assert.equal(page.status(), "Pas de réseau : rien n'est fermé. Retrouvez du réseau, puis fermez.");
  assert.equal((await page.device.readFact("key:p-alice")), "key-alice");
});
