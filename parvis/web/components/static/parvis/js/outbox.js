// Sends what waits on this device, and tells the page where it stands.
import {
  HOME, WORKER, canKeep, forgetParticipant, markTried, operationsToSend, ownOperations, participant, raiseClock, readFact,
  removeOperation, renumber, settleOperation, storeOperation,
} from "./device.js";
import { make } from "./elements.js";

const OUTBOX = "/api/v1/outbox", BATCH = 50, FIRST_WAIT_MS = 1000, LONGEST_WAIT_MS = 60_000, PATIENCE_MS = 20_000;
const CLOSED = "Votre accès est fermé : revenez comme vous êtes entré. Ce que vous avez écrit est gardé ici.";
const NOT_READ = "Le site n'a pas compris cet envoi. Ce que vous avez écrit est gardé ici : rechargez la page.";
const SAVED = { level: "", words: "Enregistré." }, LATE = { level: "late", words: "Arrivé après la fermeture : gardé." };
const listeners = new Map(), arrivalListeners = new Set();
const blocked = new Map();  // participant → why her operations cannot leave for now
const otherTabs = self.BroadcastChannel && new BroadcastChannel("parvis-outbox");
let wait = FIRST_WAIT_MS, timer = 0, closed = false, busy = false, lastResult = { level: "", words: "" };

// Write an operation down, then send it; gives its op_id. Rejects when the device could not keep it.
export async function write(kind, body, name) {
  const op_id = await storeOperation(kind, body, name);
  tellEverywhere();
  send();
  return op_id;
}

// The state as a page says it that wrote nothing itself: what has just been saved is not its own.
export function elsewhere(current) { return current.level || !current.words ? current : { ...current, words: "Réponses envoyées." }; }

// Take back what was not sent, or was refused. Whether it could be.
export async function discard(op_id) {
  const done = await removeOperation(op_id);
  tellEverywhere();
  return done;
}

// Calls `listener` with the state, now and at each change: { waiting, level, words }. `name`: refusals of that only.
export function watch(listener, name) { listeners.set(listener, name); tellListeners(); }

// Calls `listener` with the operations that have just arrived.
export function whenArrived(listener) { arrivalListeners.add(listener); }

async function tellListeners() {
  if (closed || !(await canKeep)) return;
  const ops = await ownOperations(), unsent = ops.filter(op => !op.refused), waiting = countAnswers(unsent);
  for (const [listener, name] of listeners) {
    const refused = ops.findLast(op => op.refused && (!name || op.name === name));
    listener({ waiting, ...stateOf(unsent, waiting, refused) });
  }
}

function stateOf(unsent, waiting, refused) {
  if (unsent.length && blocked.has(participant)) return { level: "refused", words: blocked.get(participant) };
  if (waiting) return { level: "waiting", words: `En attente (${waiting})` };
  return refused ? { level: "refused", words: `Refusé : ${refused.refused}` } : lastResult;
}

// How many answers, as a person counts: a choice then its comment are one, a text taken back is none.
function countAnswers(ops) {
  const notes = new Set(ops.filter(op => op.kind === "note").map(op => op.op_id));
  const withdrawals = ops.filter(op => op.kind === "withdraw" && notes.has(op.body.of));
  const cancelled = new Set(withdrawals.flatMap(op => [op.op_id, op.body.of]));
  return new Set(ops.filter(op => !cancelled.has(op.op_id)).map(op => op.name ?? op.op_id)).size;
}

// Something moved here: the other tabs look again.
function tellEverywhere() { otherTabs?.postMessage({}); return tellListeners(); }
if (otherTabs) otherTabs.onmessage = ({ data }) => {
  if (data.left) { if (data.left === participant) closePage(); return; }
  if (data.result && data.who === participant) lastResult = data.result;
  tellListeners();
};

// Another tab closed this device: what this page shows is no longer hers to read here.
function closePage() {
  closed = true;
  const title = make("h1", {}, "L'accès est fermé sur cet appareil");
  document.querySelector("main").replaceChildren(title, make("p", {}, make("a", { href: HOME }, "Comment revenir")));
}

// One tab sends at a time. The one that could not looks again a little later: what it wrote may have been missed.
export async function send() {
  clearTimeout(timer);
  if (closed || !(await canKeep)) return;
  if (navigator.locks) {
    await navigator.locks.request("parvis-outbox", { ifAvailable: true }, lock => lock ? sendAll() : lookAgainSoon());
    return;
  }
  if (busy) { lookAgainSoon(); return; }
  busy = true;
  try { await sendAll(); } finally { busy = false; }
}

async function sendAll() {
  while (!closed) {
    const ready = (await operationsToSend()).filter(op => !blocked.has(op.participant));
    if (!ready.length) { wait = FIRST_WAIT_MS; await tellListeners(); return; }
    const who = ready[0].participant;
    const batch = await markTried(ready.filter(op => op.participant === who).slice(0, BATCH));
    if (batch.length && !(await exchange(who, batch))) { await tryAgainLater(); return; }
  }
}

// Sends a batch of hers. False when it must be tried again: nobody knows then what arrived, and the server counts once.
async function exchange(who, batch) {
  const { status, answer } = await post(who, batch);
  if (status === 401 || status === 422) {  // nothing is lost, and the others' operations go on
    blocked.set(who, status === 401 ? CLOSED : NOT_READ);
    await tellListeners();
    return true;
  }
  if (!Array.isArray(answer?.results)) return false;  // a network's own page may answer in the site's place
  await raiseClock(who, answer.clock);
  const ahead = [];
  let late = false, settled = 0;
  for (const { op_id, status: result, detail, clock } of answer.results) {
    const op = batch.find(sent => sent.op_id === op_id);
    if (!op) continue;
    if (Number.isInteger(clock) && !op.renumbered) { ahead.push([op, clock]); settled += 1; continue; }
    await settleOperation(op, result === "rejected" || result === "conflict" ? detail : "");
    settled += 1;
    late ||= result === "late" || detail.startsWith("late");
  }
  if (ahead.length) await renumber(who, ahead, answer.clock);
  if (settled < batch.length) return false;
  wait = FIRST_WAIT_MS;
  const result = late ? LATE : SAVED;
  if (who === participant) lastResult = result;
  otherTabs?.postMessage({ who, result });
  await tellListeners();
  if (who === participant) for (const listener of arrivalListeners) await listener(batch);
  return true;
}

// What the server answered, as { status, answer }: without an answer when none came whole.
async function post(who, batch) {
  const [key, device] = [await readFact(`key:${who}`), await readFact("device")];
  const ops = batch.map(({ op_id, seq, kind, body }) => ({ op_id, seq, kind, ...body }));
  try {
    const response = await fetch(OUTBOX, {
      method: "POST", credentials: "omit", signal: AbortSignal.timeout?.(PATIENCE_MS),
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` }, body: JSON.stringify({ device, ops }),
    });
    return { status: response.status, answer: response.ok ? await response.json() : undefined };
  } catch { return {}; }
}

function lookAgainSoon() { timer = setTimeout(send, FIRST_WAIT_MS); }
function tryAgainLater() {
  timer = setTimeout(send, wait * (0.75 + Math.random() / 2));
  wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  return tellListeners();
}

// What keeps the device from being closed: what may still leave; and what never will, refused or blocked.
export async function unsentCounts() {
  const ops = await operationsToSend(), refused = (await ownOperations()).filter(op => op.refused);
  const stuck = ops.filter(op => blocked.has(op.participant));
  return { leaving: ops.length - stuck.length, never: refused.length + stuck.length };
}

// Forget her on this device, here and in the other tabs.
export async function forgetDevice() {
  closed = true;
  listeners.clear();
  if (navigator.locks) await navigator.locks.request("parvis-outbox", () => undefined);  // a round under way ends first
  otherTabs?.postMessage({ left: participant });
  await forgetParticipant();
}

addEventListener("online", () => { wait = FIRST_WAIT_MS; send(); });
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
if (self.isSecureContext && participant) navigator.serviceWorker?.register(WORKER).catch(() => undefined);
if (participant) navigator.storage?.persist?.();
send();
