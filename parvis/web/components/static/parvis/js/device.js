// What this device keeps until the server has it: operations, the words said, keys. One database; all by participant.
import { openDB } from "../../vendor/idb.js";

const meta = name => document.querySelector(`meta[name="parvis-${name}"]`)?.content ?? "";
export const participant = meta("participant");
// The surface she is on: the name of its kept pages, the address of its worker and of its door.
export const PAGES = meta("pages"), WORKER = meta("worker"), HOME = meta("home");
const pageClock = Number(meta("clock"));
export const NOT_KEPT = "Cet appareil ne garde rien sans réseau (navigation privée, ou mémoire pleine). Appuyez sur le bouton pour enregistrer chaque réponse : elle part aussitôt.";

const opened = (async () => openDB("parvis", 2, {  // async: a browser that refuses may throw at once
  upgrade(made, before) {
    if (!before) {
      made.createObjectStore("ops", { keyPath: "op_id" }).createIndex("participant", "participant");
      made.createObjectStore("facts");
    } else made.deleteObjectStore("said");
    made.createObjectStore("said", { keyPath: ["participant", "name"] });  // a device may be shared: hers only
  },
  blocking(before, after, event) { event.target.close(); },  // another tab forgets the device
}))();

// Remember who is here: her key serves again after the page is closed. Another's pages leave the device.
export const ready = (async () => {
  const db = await opened;
  if (!participant) return;
  const before = await fact(`here:${PAGES}`);
  if (before && before !== participant && self.caches) await caches.delete(PAGES);
  await db.put("facts", participant, `here:${PAGES}`);
  await db.put("facts", meta("key"), `key:${participant}`);
  await seen(participant, pageClock);
})();

// Whether this device can keep anything. When it cannot, the pages are plain forms, and say so.
export const able = ready.then(() => true, () => false);

// `op_id` without crypto.randomUUID, which a plain-HTTP room does not have.
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64; bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

export async function fact(name) { return (await opened).get("facts", name); }

// The name by which the server knows this device, made once.
async function nameDevice(db) {
  const change = db.transaction("facts", "readwrite");
  if (!(await change.store.get("device"))) await change.store.put(`d-${uuid().slice(0, 13)}`, "device");
  await change.done;
}

// The greatest clock seen of a participant; her next operation has one more.
export async function seen(who, clock) {
  const change = (await opened).transaction("facts", "readwrite");
  const known = (await change.store.get(`clock:${who}`)) ?? 0;
  await change.store.put(Math.max(known, clock), `clock:${who}`);
  await change.done;
}

// Write an operation down. The clock and the operation are kept by one transaction: a crash keeps both or none.
// Gives its op_id. `name` is what it is about; one of the same name that was never sent, or was refused, gives way.
export async function put(kind, body, name) {
  await ready;
  const db = await opened;
  await nameDevice(db);
  const change = db.transaction(["ops", "facts", "said"], "readwrite");
  const clock = ((await change.objectStore("facts").get(`clock:${participant}`)) ?? 0) + 1;
  await change.objectStore("facts").put(clock, `clock:${participant}`);
  const ops = change.objectStore("ops");
  let merged = body;
  for (const old of await ops.index("participant").getAll(participant)) {
    if (!name || old.name !== name || (old.tried && !old.refused)) continue;
    merged = { ...old.body, ...merged };
    await ops.delete(old.op_id);
  }
  const op_id = uuid();
  await ops.put({ op_id, participant, name, kind, seq: clock, body: merged, tried: false });
  if (name) {
    const known = await change.objectStore("said").get([participant, name]);
    await change.objectStore("said").put({ ...known, ...merged, participant, name, seq: clock });
  }
  await change.done;
  return op_id;
}

// What was never sent, or was refused, is taken back as if it had not been written.
export async function remove(op_id) {
  const change = (await opened).transaction(["ops", "said"], "readwrite"), op = await change.objectStore("ops").get(op_id);
  const may = op && (!op.tried || Boolean(op.refused));
  if (may) await change.objectStore("ops").delete(op_id);
  if (may && op.name) await change.objectStore("said").delete([op.participant, op.name]);
  await change.done;
  return Boolean(may);
}

// Everyone's operations that are still to be sent, in their order.
export async function waiting() {
  return (await (await opened).getAll("ops")).filter(op => !op.refused).sort((a, b) => a.seq - b.seq);
}

// Hers, in their order: to be sent, or refused.
export async function mine() {
  await ready;
  return (await (await opened).getAllFromIndex("ops", "participant", participant)).sort((a, b) => a.seq - b.seq);
}

// What she said on this device and that the page does not tell yet: still to be sent, or sent after the page was made.
export async function said(name) {
  const kept = await (await opened).get("said", [participant, name]);
  const ops = (await mine()).filter(each => each.name === name);
  if (!kept || (!ops.length && kept.seq <= pageClock)) return undefined;
  return { ...kept, refused: ops.at(-1)?.refused };
}

// Marks operations as sent: from then on nothing replaces them. Those that were taken back meanwhile are left out.
export async function mark(batch) {
  const change = (await opened).transaction("ops", "readwrite"), marked = [];
  for (const { op_id } of batch) {
    const op = await change.store.get(op_id);
    if (!op) continue;
    marked.push({ ...op, tried: true });
    if (!op.tried) await change.store.put(marked.at(-1));
  }
  await change.done;
  return marked;
}

// What the server answered of one: forgotten, its words too unless newer ones wait; or kept as refused.
export async function settle(op, refused) {
  const change = (await opened).transaction(["ops", "said"], "readwrite"), ops = change.objectStore("ops");
  if (refused) await ops.put({ ...op, refused });
  else {
    await ops.delete(op.op_id);
    const kept = op.name && await change.objectStore("said").get([op.participant, op.name]);
    const newer = (await ops.index("participant").getAll(op.participant)).some(each => each.name === op.name);
    if (kept && !newer) {  // the answer alone stays, a code: a page kept from before does not tell it
      const { participant: who, name, seq, value } = kept;
      await change.objectStore("said").put({ participant: who, name, seq, ...("value" in kept ? { value } : {}) });
    }
  }
  await change.done;
}

// Hers is forgotten: pages, words, keys. With the last one who used this device, everything is.
export async function erase() {
  const change = (await opened).transaction(["ops", "said", "facts"], "readwrite");
  for (const name of ["ops", "said"]) {
    const store = change.objectStore(name);
    for (const row of await store.getAll()) {
      if (row.participant === participant) await store.delete(name === "ops" ? row.op_id : [row.participant, row.name]);
    }
  }
  const facts = change.objectStore("facts");
  for (const name of ["key", "clock"]) await facts.delete(`${name}:${participant}`);
  await facts.delete(`here:${PAGES}`);
  const others = (await facts.getAllKeys()).some(name => name.startsWith("key:"));
  await change.done;
  navigator.serviceWorker?.controller?.postMessage("forget");
  await (await navigator.serviceWorker?.getRegistration?.(WORKER))?.unregister();
  if (self.caches) await caches.delete(PAGES);
  if (!others) await eraseAll();
}

async function eraseAll() {
  (await opened).close();
  await new Promise(done => { const gone = indexedDB.deleteDatabase("parvis"); gone.onsuccess = gone.onerror = gone.onblocked = done; });
  for (const worker of await navigator.serviceWorker?.getRegistrations?.() ?? []) await worker.unregister();
  for (const name of self.caches ? await caches.keys() : []) await caches.delete(name);
}
