// The room on this device: what the server said last, what was written since; told to the page at each change.
import { canKeep, ownOperations, participant, raiseClock } from "../../parvis/js/device.js";
import { watch, write } from "../../parvis/js/outbox.js";
import { clockApart, follow, setClock } from "./follow.js";
import { folded, grown, roomView } from "./model.js";
import { oneByOne } from "./one-by-one.js";
import { lastState, storeState } from "./room-storage.js";

const page = JSON.parse(document.getElementById("device-state").textContent);
const ROOM = page.room.room, SOON_MS = 900, PERSONAL_MS = 10_000;
export const TABLE = page.table;
const listeners = new Set(), ghosts = new Map(), inTurn = oneByOne();
let snapshot = page.room, mine = page.mine, ops = [], settled = [], personalReadAt = Date.now();

// Calls `listener` at each change: (view, { mine, refused }). The view is the room with everything this device wrote.
export function whenRoomMoves(listener) { listeners.add(listener); listener(view(), facts()); }
export function view() {
  const unsent = ops.filter(op => !op.refused).map(op => ({ ...op, waits: true }));
  const all = [...settled.map(({ op }) => ({ ...op, waits: false })), ...unsent].sort((a, b) => a.seq - b.seq);
  return roomView({ snapshot, mine, ops: all, table: TABLE, ghosts });
}
function facts() { return { mine, refused: ops.filter(op => op.refused) }; }
function tellListeners() {
  const now = view(), more = facts();
  for (const listener of listeners) listener(now, more);
}

// Write an intention of this room; gives its op_id, by which a note is known, once the view has it. `name`: what gives way
// if it was not sent.
export async function intend(kind, body, name) {
  const op_id = await write(kind, { room: ROOM, ...body }, name);
  await inTurn(lookAtOperations);
  return op_id;
}

// Operations that are no longer waiting arrived: they stay on top until a state that was read after that.
async function lookAtOperations() {
  const now = (await ownOperations()).filter(op => op.body.room === ROOM).sort((a, b) => a.seq - b.seq);
  const still = new Set(now.map(op => op.op_id));
  settled.push(...ops.filter(op => !op.refused && !still.has(op.op_id)).map(op => ({ op, at: Date.now() })));
  if (settled.length) {
    clearTimeout(soon);
    soon = setTimeout(() => askAgain?.(), SOON_MS);
  }
  ops = now;
  tellListeners();
}

// What arrived before the room was read is part of what the server knows. Whether there was any.
function takeSettled(read) {
  const known = settled.filter(({ at }) => read > at);
  if (!known.length) return false;
  mine = folded(mine, known.map(({ op }) => op));
  settled = settled.filter(arrival => !known.includes(arrival));
  return true;
}

async function moved(answer, read) {
  if (answer) {
    const state = grown(snapshot, answer);
    for (const { op, at } of settled) op.counted ||= read > at;  // its dots are in the totals by now
    const standing = new Set(state.notes.map(note => note.reference));
    for (const note of snapshot.notes) if (!standing.has(note.reference)) ghosts.set(note.reference, note);
    snapshot = state;
    await raiseClock(participant, state.clock).catch(() => undefined);
    if (TABLE !== null) readPersonalRarely();
  }
  keepState();
  tellListeners();
}
function keepState() { storeState(participant, { snapshot, mine, apart: clockApart() }).catch(() => undefined); }

// Another laptop of the same table writes as the same person: what is hers is read again, rarely.
async function readPersonalRarely() {
  if (Date.now() - personalReadAt < PERSONAL_MS) return;
  personalReadAt = Date.now();
  try {
    const before = settled.length, answer = await fetch(`/atelier/${ROOM}/mien`, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return;
    const read = await answer.json();
    if (settled.length !== before) return;
    mine = read;
    tellListeners();
  } catch { return; }
}
export function readPersonal() { personalReadAt = 0; return readPersonalRarely(); }

let askAgain, soon = 0;
export async function start() {
  const kept = await lastState(participant);
  if (kept && kept.snapshot.now >= snapshot.now) {  // this page was kept too: what is known since is newer
    ({ snapshot, mine } = kept);
    setClock(kept.apart);
  } else setClock(Date.parse(snapshot.now) - Date.now());
  keepState();
  if (await canKeep) watch(() => { inTurn(lookAtOperations).catch(() => undefined); });
  askAgain = follow(async (answer, read) => { await moved(answer, read); return true; }, read => { if (takeSettled(read)) moved(null); });
  tellListeners();
}
