// The room on this device: what the server said last, what was written since; told to the page at each change.
import { canKeep as able, ownOperations as written, participant, raiseClock as seen } from "../../parvis/js/device.js";
import { watch, write } from "../../parvis/js/outbox.js";
import { clockApart, follow, setClock } from "./follow.js";
import { keepState, lastState } from "./kept.js";
import { folded, grown, roomView } from "./model.js";

const page = JSON.parse(document.getElementById("device-state").textContent);
const ROOM = page.room.room, SOON_MS = 900, PERSONAL_MS = 10_000;
export const TABLE = page.table;
const listeners = new Set(), ghosts = new Map();
let snapshot = page.room, mine = page.mine, ops = [], settled = [], askedPersonal = Date.now();

// Told at each change: (view, { mine, refused }). The view is the room with everything this device wrote.
export function whenRoomMoves(listener) { listeners.add(listener); listener(view(), facts()); }
export function view() {
  const all = [...settled.map(({ op }) => ({ ...op, waits: false })), ...ops.filter(op => !op.refused).map(op => ({ ...op, waits: true }))];
  return roomView({ snapshot, mine, ops: all.sort((a, b) => a.seq - b.seq), table: TABLE, ghosts });
}
function facts() { return { mine, refused: ops.filter(op => op.refused) }; }
function tell() { const now = view(), more = facts(); for (const listener of listeners) listener(now, more); }

// Write an intention of this room; gives its op_id, by which a note is known. `name`: what gives way if it was not sent.
export function intend(kind, body, name) { return write(kind, { room: ROOM, ...body }, name); }

// Operations that are no longer waiting arrived: they stay on top until a state that was read after that.
async function look() {
  const now = (await written()).filter(op => op.body.room === ROOM).sort((a, b) => a.seq - b.seq);
  const still = new Set(now.map(op => op.op_id));
  settled.push(...ops.filter(op => !op.refused && !still.has(op.op_id)).map(op => ({ op, at: Date.now() })));
  if (settled.length) { clearTimeout(soon); soon = setTimeout(() => again?.(), SOON_MS); }
  ops = now;
  tell();
}

function heard(read) {
  const known = settled.filter(({ at }) => read > at);
  if (!known.length) return false;
  mine = folded(mine, known.map(({ op }) => op));
  settled = settled.filter(each => !known.includes(each));
  return true;
}

async function moved(told, read) {
  if (told) {
    const state = grown(snapshot, told);
    for (const each of settled) each.op.counted ||= read > each.at;  // its dots are in the totals by now
    const standing = new Set(state.notes.map(note => note.reference));
    for (const note of snapshot.notes) if (!standing.has(note.reference)) ghosts.set(note.reference, note);
    snapshot = state;
    await seen(participant, state.clock).catch(() => undefined);
    if (TABLE !== null) personal();
  }
  keep();
  tell();
}
function keep() { keepState(participant, { snapshot, mine, apart: clockApart() }).catch(() => undefined); }

// Another laptop of the same table writes as the same person: what is hers is read again, rarely.
async function personal() {
  if (Date.now() - askedPersonal < PERSONAL_MS) return;
  askedPersonal = Date.now();
  try {
    const before = settled.length, answer = await fetch(`/atelier/${ROOM}/mien`, { headers: { Accept: "application/json" } });
    if (answer.ok && !answer.redirected) { const told = await answer.json(); if (settled.length === before) { mine = told; tell(); } }
  } catch { return; }
}
export function readPersonal() { askedPersonal = 0; return personal(); }

let again, soon = 0, turn = Promise.resolve();
export async function start() {
  const kept = await lastState(participant);
  if (kept && kept.snapshot.now >= snapshot.now) {  // this page was kept too: what is known since is newer
    ({ snapshot, mine } = kept);
    setClock(kept.apart);
  } else setClock(Date.parse(snapshot.now) - Date.now());
  keep();
  if (await able) { watch(() => { turn = turn.then(look).catch(() => undefined); }); }
  again = follow(async (state, read) => { await moved(state, read); return true; }, read => { if (heard(read)) moved(null); });
  tell();
}
