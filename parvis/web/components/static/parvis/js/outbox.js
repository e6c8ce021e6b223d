// Sends what waits on this device, and tells the pages where it stands.
import { HOME, WORKER, able, erase, fact, mark, mine, participant, put, remove, seen, settle, waiting } from "./device.js";

const DOOR = "/api/v1/outbox", BATCH = 50, LONGEST_WAIT_MS = 60_000, PATIENCE_MS = 20_000;
const CLOSED = "Votre accès est fermé : revenez comme vous êtes entré. Ce que vous avez écrit est gardé ici.";
const NOT_READ = "Le site n'a pas compris cet envoi. Ce que vous avez écrit est gardé ici : rechargez la page.";
const listeners = new Map(), arrivals = new Set(), shut = new Map();  // participant → why her operations cannot leave for now
const others = self.BroadcastChannel && new BroadcastChannel("parvis-outbox");
let wait = 1000, timer = 0, closed = false, busy = false, last = { level: "", words: "" };

// Write an operation down, then send it; gives its op_id. Rejects when the device could not keep it.
export async function write(kind, body, name) {
  const op_id = await put(kind, body, name);
  changed();
  send();
  return op_id;
}

// Take back what was not sent, or was refused. Whether it could be.
export async function discard(op_id) {
  const done = await remove(op_id);
  changed();
  return done;
}

// Who listens is told the state, now and at each change: { waiting, level, words }. `name`: refusals of that only.
export function watch(listener, name) { listeners.set(listener, name); tell(); }

async function tell() {
  if (closed || !(await able)) return;
  const ops = await mine(), why = shut.get(participant);
  const count = answers(ops.filter(op => !op.refused));
  for (const [listener, name] of listeners) {
    const refused = ops.findLast(op => op.refused && (!name || op.name === name));
    const state = ops.some(op => !op.refused) && why ? { level: "refused", words: why }
      : count ? { level: "waiting", words: `En attente (${count})` }
      : refused ? { level: "refused", words: `Refusé : ${refused.refused}` } : last;
    listener({ waiting: count, ...state });
  }
}

// How many answers wait, as a person counts: a choice then its comment are one, a text taken back is none.
function answers(ops) {
  const notes = new Set(ops.filter(op => op.kind === "note").map(op => op.op_id));
  const back = new Set(ops.filter(op => op.kind === "withdraw" && notes.has(op.body.of)).flatMap(op => [op.op_id, op.body.of]));
  return new Set(ops.filter(op => !back.has(op.op_id)).map(op => op.name ?? op.op_id)).size;
}

// Something moved here: the other tabs look again.
function changed() { others?.postMessage({}); return tell(); }
if (others) others.onmessage = ({ data }) => {
  if (data.left) return data.left === participant ? shutPage() : undefined;
  if (data.told && data.who === participant) last = data.told;
  tell();
};

// Another tab closed this device: what this page shows is no longer hers to read here.
function shutPage() {
  closed = true;
  const title = Object.assign(document.createElement("h1"), { textContent: "L'accès est fermé sur cet appareil" });
  const link = Object.assign(document.createElement("a"), { href: HOME, textContent: "Comment revenir" });
  const way = document.createElement("p");
  way.append(link);
  document.querySelector("main").replaceChildren(title, way);
}

// One tab sends at a time. The one that could not looks again a little later: what it wrote may have been missed.
export async function send() {
  clearTimeout(timer);
  if (closed || !(await able)) return;
  if (navigator.locks) {
    return navigator.locks.request("parvis-outbox", { ifAvailable: true }, lock => lock ? rounds() : soon());
  }
  if (busy) return soon();
  busy = true;
  try { await rounds(); } finally { busy = false; }
}

async function rounds() {
  while (!closed) {
    const ready = (await waiting()).filter(op => !shut.has(op.participant));
    if (!ready.length) { wait = 1000; return tell(); }
    const who = ready[0].participant;
    const batch = await mark(ready.filter(op => op.participant === who).slice(0, BATCH));
    if (batch.length && !(await exchange(who, batch))) return later();
  }
}

// Sends a batch of hers. False when it must be tried again: nobody knows then what arrived, and the server counts once.
async function exchange(who, batch) {
  const [key, device] = [await fact(`key:${who}`), await fact("device")];
  const ops = batch.map(({ op_id, seq, kind, body }) => ({ op_id, seq, kind, ...body }));
  let answer, told;
  try {
    answer = await fetch(DOOR, {
      method: "POST", credentials: "omit", signal: AbortSignal.timeout?.(PATIENCE_MS),
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` }, body: JSON.stringify({ device, ops }),
    });
    told = answer.ok ? await answer.json() : undefined;  // it may be cut in the middle
  } catch { return false; }
  if (answer.status === 401 || answer.status === 422) {  // nothing is lost, and the others' operations go on
    shut.set(who, answer.status === 401 ? CLOSED : NOT_READ);
    await tell();
    return true;
  }
  if (!told) return false;
  wait = 1000;
  await seen(who, told.clock);
  let late = false;
  for (const { op_id, status, detail } of told.results) {
    const op = batch.find(each => each.op_id === op_id);
    if (op) await settle(op, status === "rejected" || status === "conflict" ? detail : "");
    late ||= status === "late" || detail.startsWith("late");
  }
  const said = late ? { level: "late", words: "Arrivé après la fermeture : gardé." } : { level: "", words: "Enregistré." };
  if (who === participant) last = said;
  others?.postMessage({ who, told: said });
  await tell();
  if (who === participant) for (const listener of arrivals) await listener(batch);
  return true;
}

// Who listens is told the operations that have just arrived.
export function whenArrived(listener) { arrivals.add(listener); }

function soon() { timer = setTimeout(send, 1000); }
function later() {
  timer = setTimeout(send, wait * (0.75 + Math.random() / 2));
  wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  return tell();
}

// What keeps the device from being closed: what may still leave; and what never will, refused or shut.
export async function left() {
  const ops = await waiting(), refused = (await mine()).filter(op => op.refused);
  return { leaving: ops.filter(op => !shut.has(op.participant)).length, never: refused.length + ops.filter(op => shut.has(op.participant)).length };
}

// Forget her on this device, here and in the other tabs.
export async function wipe() {
  closed = true;
  listeners.clear();
  if (navigator.locks) await navigator.locks.request("parvis-outbox", () => undefined);  // a round under way ends first
  others?.postMessage({ left: participant });
  await erase();
}

addEventListener("online", () => { wait = 1000; send(); });
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
if (self.isSecureContext && participant) navigator.serviceWorker?.register(WORKER).catch(() => undefined);
if (participant) navigator.storage?.persist?.();
send();
