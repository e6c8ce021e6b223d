// What this device keeps until the server has it: operations, the answers they give, keys. One database for everyone who
// uses the device; all by participant.
import { openDB } from "../../vendor/idb.js";
import { meta } from "./page-meta.js";

export const participant = meta("participant");
// The surface she is on: the name of its kept pages, the address of its worker, and where one comes in again.
export const PAGES = meta("pages"), WORKER = meta("worker"), HOME = meta("home");
const pageClock = Number(meta("clock"));
export const NOT_KEPT = "Cet appareil ne garde rien sans réseau (navigation privée, ou mémoire pleine). Appuyez sur le bouton pour enregistrer chaque réponse : elle part aussitôt.";

// Stores, by their name on the devices in use: operations to send; device-wide facts; the last answer given by name.
const OPS = "ops", FACTS = "facts", ANSWERS = "said";

const opened = (async () => openDB("parvis", 2, {  // async: a browser that refuses may throw at once
  upgrade(database, before) {
    if (!before) {
      database.createObjectStore(OPS, { keyPath: "op_id" }).createIndex("participant", "participant");
      database.createObjectStore(FACTS);
    } else database.deleteObjectStore(ANSWERS);
    database.createObjectStore(ANSWERS, { keyPath: ["participant", "name"] });  // a device may be shared: hers only
  },
  blocking(before, after, event) { event.target.close(); },  // another tab forgets the device
}))();

// Remember who is here: her key serves again after the page is closed. Another's pages leave the device.
const ready = (async () => {
  const database = await opened;
  if (!participant) return;
  const before = await readFact(`here:${PAGES}`);
  if (before && before !== participant && self.caches) await caches.delete(PAGES);
  await database.put(FACTS, participant, `here:${PAGES}`);
  await database.put(FACTS, meta("key"), `key:${participant}`);
  await raiseClock(participant, pageClock);
})();

// Whether this device can keep anything. When it cannot, the pages are plain forms, and say so.
export const canKeep = ready.then(() => true, () => false);

// `op_id` without crypto.randomUUID, which a plain-HTTP room does not have.
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64; bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

// A fact of the device: `device`, the name by which the server knows it; `key:<participant>`, `clock:<participant>`.
export async function readFact(name) { return (await opened).get(FACTS, name); }

async function nameDevice(database) {
  const change = database.transaction(FACTS, "readwrite");
  if (!(await change.store.get("device"))) await change.store.put(`d-${uuid().slice(0, 13)}`, "device");
  await change.done;
}

// The greatest clock seen of a participant; her next operation has one more.
export async function raiseClock(who, clock) {
  const change = (await opened).transaction(FACTS, "readwrite");
  const before = (await change.store.get(`clock:${who}`)) ?? 0;
  await change.store.put(Math.max(before, clock), `clock:${who}`);
  await change.done;
}

// Operations whose clock was too far ahead, as [op, clock to follow] in their order: each takes the number just after, once,
// and waits again. This device then counts from there, or from what the server knows of her (`known`).
export async function renumber(who, ahead, known) {
  const change = (await opened).transaction([OPS, FACTS, ANSWERS], "readwrite");
  let clock = 0;
  for (const [op, after] of ahead) {
    clock = Math.max(clock, after) + 1;
    await change.objectStore(OPS).put({ ...op, seq: clock, tried: false, renumbered: true });
    const answer = op.name && await change.objectStore(ANSWERS).get([who, op.name]);
    if (answer?.seq === op.seq) await change.objectStore(ANSWERS).put({ ...answer, seq: clock });
  }
  await change.objectStore(FACTS).put(Math.max(clock, known), `clock:${who}`);
  await change.done;
}

// Write an operation down. The clock and the operation are kept by one transaction: a crash keeps both or none.
// Gives its op_id. `name` is what it is about; one of the same name that was never sent, or was refused, gives way.
export async function storeOperation(kind, body, name) {
  await ready;
  const database = await opened;
  await nameDevice(database);
  const change = database.transaction([OPS, FACTS, ANSWERS], "readwrite");
  const clock = ((await change.objectStore(FACTS).get(`clock:${participant}`)) ?? 0) + 1;
  await change.objectStore(FACTS).put(clock, `clock:${participant}`);
  const ops = change.objectStore(OPS);
  let merged = body;
  for (const old of await ops.index("participant").getAll(participant)) {
    if (!name || old.name !== name || (old.tried && !old.refused)) continue;
    merged = { ...old.body, ...merged };
    await ops.delete(old.op_id);
  }
  const op_id = uuid();
  await ops.put({ op_id, participant, name, kind, seq: clock, body: merged, tried: false });
  if (name) {
    const answer = await change.objectStore(ANSWERS).get([participant, name]);
    await change.objectStore(ANSWERS).put({ ...answer, ...merged, participant, name, seq: clock });
  }
  await change.done;
  return op_id;
}

// What was never sent, or was refused, is taken back as if it had not been written. Whether it could be.
export async function removeOperation(op_id) {
  const change = (await opened).transaction([OPS, ANSWERS], "readwrite"), op = await change.objectStore(OPS).get(op_id);
  const removable = op && (!op.tried || Boolean(op.refused));
  if (removable) await change.objectStore(OPS).delete(op_id);
  if (removable && op.name) await change.objectStore(ANSWERS).delete([op.participant, op.name]);
  await change.done;
  return Boolean(removable);
}

// Everyone's operations that are still to be sent, in their order.
export async function operationsToSend() {
  return (await (await opened).getAll(OPS)).filter(op => !op.refused).sort((a, b) => a.seq - b.seq);
}

// Hers, in their order: to be sent, or refused.
export async function ownOperations() {
  await ready;
  return (await (await opened).getAllFromIndex(OPS, "participant", participant)).sort((a, b) => a.seq - b.seq);
}

// What she answered on this device and that the page does not show yet: still to be sent, or sent after the page was made.
export async function localAnswer(name) {
  const answer = await (await opened).get(ANSWERS, [participant, name]);
  const ops = (await ownOperations()).filter(op => op.name === name);
  if (!answer || (!ops.length && answer.seq <= pageClock)) return undefined;
  return { ...answer, refused: ops.at(-1)?.refused };
}

// Marks operations as sent: from then on nothing replaces them. Those that were taken back meanwhile are left out.
export async function markTried(batch) {
  const change = (await opened).transaction(OPS, "readwrite"), marked = [];
  for (const { op_id } of batch) {
    const op = await change.store.get(op_id);
    if (!op) continue;
    marked.push({ ...op, tried: true });
    if (!op.tried) await change.store.put(marked.at(-1));
  }
  await change.done;
  return marked;
}

// What the server answered of one: forgotten, its text too unless a newer one waits; or kept as refused.
export async function settleOperation(op, refused) {
  const change = (await opened).transaction([OPS, ANSWERS], "readwrite"), ops = change.objectStore(OPS);
  if (refused) await ops.put({ ...op, refused });
  else {
    await ops.delete(op.op_id);
    const answer = op.name && await change.objectStore(ANSWERS).get([op.participant, op.name]);
    const newer = (await ops.index("participant").getAll(op.participant)).some(other => other.name === op.name);
    if (answer && !newer) {  // the value alone stays, a code: a page kept from before does not show it
      const { participant: who, name, seq, value } = answer;
      await change.objectStore(ANSWERS).put({ participant: who, name, seq, ...("value" in answer ? { value } : {}) });
    }
  }
  await change.done;
}

// Hers is forgotten: pages, operations, answers, keys. With the last one who used this device, everything is.
export async function forgetParticipant() {
  const change = (await opened).transaction([OPS, ANSWERS, FACTS], "readwrite");
  for (const name of [OPS, ANSWERS]) {
    const store = change.objectStore(name);
    for (const row of await store.getAll()) {
      if (row.participant === participant) await store.delete(name === OPS ? row.op_id : [row.participant, row.name]);
    }
  }
  const facts = change.objectStore(FACTS);
  for (const name of ["key", "clock"]) await facts.delete(`${name}:${participant}`);
  await facts.delete(`here:${PAGES}`);
  const others = (await facts.getAllKeys()).some(name => name.startsWith("key:"));
  await change.done;
  navigator.serviceWorker?.controller?.postMessage("forget");
  await (await navigator.serviceWorker?.getRegistration?.(WORKER))?.unregister();
  if (self.caches) await caches.delete(PAGES);
  if (!others) await forgetEveryone();
}

async function forgetEveryone() {
  (await opened).close();
  await new Promise(done => {
    const deletion = indexedDB.deleteDatabase("parvis");
    deletion.onsuccess = deletion.onerror = deletion.onblocked = done;
  });
  for (const worker of await navigator.serviceWorker?.getRegistrations?.() ?? []) await worker.unregister();
  for (const name of self.caches ? await caches.keys() : []) await caches.delete(name);
}
