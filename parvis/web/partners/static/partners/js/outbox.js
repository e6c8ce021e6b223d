// What is written on this device, kept until the server has it. One database for the device; operations by participant.
import { openDB } from "../../vendor/idb.js";

const DOOR = "/api/v1/outbox", BATCH = 50, LONGEST_WAIT_MS = 60_000;
const meta = name => document.querySelector(`meta[name="parvis-${name}"]`)?.content ?? "";
export const participant = meta("participant");
const listeners = new Set();
let wait = 1000, timer = 0, closed = false;

const database = openDB("parvis", 1, {
  upgrade(made) {
    made.createObjectStore("ops", { keyPath: "op_id" }).createIndex("participant", "participant");
    made.createObjectStore("said", { keyPath: "name" });
    made.createObjectStore("facts");
  },
});

// `op_id` without crypto.randomUUID, which a plain-HTTP room does not have.
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64; bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

async function fact(name, make) {
  const db = await database, kept = await db.get("facts", name);
  if (kept !== undefined || make === undefined) return kept;
  const made = make();
  await db.put("facts", made, name);
  return made;
}

// Remember who is here: her key serves again after the page is closed. Another's pages leave the device.
const ready = (async () => {
  if (!participant) return;
  const db = await database;
  const before = await fact("here");
  if (before && before !== participant && self.caches) await caches.delete("parvis-pages");
  await db.put("facts", participant, "here");
  await db.put("facts", meta("key"), `key:${participant}`);
  await seen(participant, Number(meta("clock")));
  if (self.isSecureContext && navigator.serviceWorker) await navigator.serviceWorker.register("/partenaires/sw.js");
  navigator.storage?.persist?.();
})();

async function seen(who, clock) {
  const db = await database, change = db.transaction("facts", "readwrite");
  const known = (await change.store.get(`clock:${who}`)) ?? 0;
  await change.store.put(Math.max(known, clock), `clock:${who}`);
  await change.done;
}

// Write an operation down. The clock and the operation are kept by one transaction: a crash keeps both or none.
// `name` is what it is about; one of the same name that was never sent gives way.
export async function write(kind, body, name) {
  await ready;
  await fact("device", () => `d-${uuid().slice(0, 13)}`);
  const db = await database, change = db.transaction(["ops", "facts", "said"], "readwrite");
  const clock = ((await change.objectStore("facts").get(`clock:${participant}`)) ?? 0) + 1;
  await change.objectStore("facts").put(clock, `clock:${participant}`);
  const ops = change.objectStore("ops");
  let merged = body;
  for (const old of await ops.index("participant").getAll(participant)) {
    if (name && old.name === name && !old.tried) { merged = { ...old.body, ...body }; await ops.delete(old.op_id); }
  }
  await ops.put({ op_id: uuid(), participant, name, kind, seq: clock, body: merged, tried: false });
  const known = name && await change.objectStore("said").get(name);
  if (name) await change.objectStore("said").put({ ...known, ...merged, name });
  await change.done;
  await tell();
  send();
}

export async function waiting() {
  return (await (await database).getAll("ops")).filter(op => !op.refused);
}
export async function said(name) {
  return (await database).get("said", name);
}
export async function mine() {
  await ready;
  return (await database).getAllFromIndex("ops", "participant", participant);
}

// Who listens is told the state, now and at each change: { waiting, level, words }.
export function watch(listener) { listeners.add(listener); tell(); }
let last = { level: "", words: "" };
async function tell(changed) {
  if (closed) return;
  if (changed) last = changed;
  const count = (await waiting()).length;
  const state = count ? { waiting: count, level: "waiting", words: `En attente (${count})` } : { waiting: 0, ...last };
  for (const listener of listeners) listener(state);
}

export function send() {
  clearTimeout(timer);
  if (closed) return;
  if (navigator.locks) return navigator.locks.request("parvis-outbox", { ifAvailable: true }, lock => lock && round());
  return round();
}

async function round() {
  const db = await database, all = (await waiting()).sort((a, b) => a.seq - b.seq);
  if (!all.length) return;
  const who = all[0].participant, batch = all.filter(op => op.participant === who).slice(0, BATCH);
  const key = await fact(`key:${who}`), device = await fact("device");
  for (const op of batch) if (!op.tried) await db.put("ops", { ...op, tried: true });
  let answer;
  try {
    answer = await fetch(DOOR, {
      method: "POST", credentials: "omit", headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify({ device, ops: batch.map(({ op_id, seq, kind, body }) => ({ op_id, seq, kind, ...body })) }),
    });
  } catch { return again(); }
  if (answer.status === 401) return stop(batch, "Votre accès est fermé : ouvrez de nouveau votre invitation. Ce que vous avez écrit est gardé ici.");
  if (!answer.ok) return again();
  const { clock, results } = await answer.json();
  wait = 1000;
  await seen(who, clock);
  let told = { level: "", words: "Enregistré." };
  for (const { op_id, status, detail } of results) {
    const op = batch.find(each => each.op_id === op_id);
    if (!op) continue;
    if (status === "rejected" || status === "conflict") {
      await db.put("ops", { ...op, refused: detail });
      told = { level: "refused", words: `Refusé : ${detail}` };
      continue;
    }
    await db.delete("ops", op_id);
    if (status === "late" || detail.startsWith("late")) told = { level: "late", words: "Arrivé après la fermeture : gardé." };
    if (op.name && !(await waiting()).some(each => each.name === op.name)) {
      const kept = await db.get("said", op.name);  // the words leave the device once the server has them
      if (kept) await db.put("said", { name: op.name, ...("value" in kept ? { value: kept.value } : {}) });
    }
  }
  await refreshPages();
  await tell(told);
  return round();
}

// What was kept of the pages now lags behind: this one is read again.
async function refreshPages() {
  if (closed || !self.caches || !navigator.onLine) return;
  for (const path of new Set([location.pathname, "/partenaires/fiches/"])) {
    try { const fresh = await fetch(path); if (fresh.ok && !fresh.redirected) await (await caches.open("parvis-pages")).put(path, fresh); } catch { return; }
  }
}

async function stop(batch, words) {
  await tell();
  for (const listener of listeners) listener({ waiting: batch.length, level: "refused", words });
}
function again() {
  timer = setTimeout(send, wait * (0.75 + Math.random() / 2));
  wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  return tell();
}

// Everything of this device is forgotten: pages, words, keys.
export async function wipe() {
  closed = true;
  listeners.clear();
  if (navigator.locks) await navigator.locks.request("parvis-outbox", () => undefined);  // a round under way ends first
  navigator.serviceWorker?.controller?.postMessage("forget");
  (await database).close();
  await new Promise(done => { const gone = indexedDB.deleteDatabase("parvis"); gone.onsuccess = gone.onerror = gone.onblocked = done; });
  for (const worker of await navigator.serviceWorker?.getRegistrations?.() ?? []) await worker.unregister();
  for (const name of self.caches ? await caches.keys() : []) await caches.delete(name);
}

addEventListener("online", () => { wait = 1000; send(); });
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
ready.then(send, () => undefined);
