// The room as this device knows it: the last snapshot, with what it wrote since on top. Pure: nothing is asked or kept.
import { fold } from "../../parvis/js/fold.js";

// `snapshot` and `mine` as the server gives them; `ops` in their order: { op_id, kind, body, waits, counted }, `waits`:
// not sent yet, `counted`: its dots are in the totals of the snapshot. `table`: hers, or null on a phone. `ghosts`: notes
// seen before (reference → note), for one that comes back.
export function roomView({ snapshot, mine, ops, table, ghosts = new Map() }) {
  const view = {
    ...snapshot,
    notes: new Map(snapshot.notes.map(note => [note.reference, { ...note, mine: mine.dots[note.reference] ?? 0 }])),
    families: new Map(snapshot.families.map(family => [family.reference, { ...family, mine: mine.dots[family.reference] ?? 0 }])),
    heads: new Map(mine.heads.map(head => [fold(head.organisation), head])),
    own: new Map(mine.notes.map(note => [note.reference, { ...note }])),
    ghosts, table,
  };
  for (const op of ops) APPLY[op.kind]?.(view, op.body, op);
  return view;
}

// The same personal state with operations that arrived: what the server would tell of it now.
export function folded(mine, ops) {
  const now = { ...mine, dots: { ...mine.dots }, heads: [...mine.heads], notes: mine.notes.map(note => ({ ...note })) };
  for (const { op_id, kind, body } of ops) {
    const note = now.notes.find(each => each.reference === body.of);
    if (kind === "dot") now.dots[body.target] = body.count;
    if (kind === "attendance") now.heads = [...now.heads.filter(head => fold(head.organisation) !== fold(body.organisation)), ...(body.people ? [{ organisation: body.organisation, people: body.people }] : [])];
    if (kind === "note" && !now.notes.some(each => each.reference === op_id)) now.notes.push({ reference: op_id, kind: body.contribution_kind, theme: body.theme, text: body.text });
    if (kind === "edit" && note) Object.assign(note, edited(body));
    if (kind === "withdraw") {
      if (body.withdrawn !== false) now.notes = now.notes.filter(each => each.reference !== body.of);
    }
  }
  return now;
}

function edited({ text, contribution_kind, theme }) {
  return { ...(text == null ? {} : { text }), ...(contribution_kind == null ? {} : { kind: contribution_kind }), ...(theme == null ? {} : { theme }) };
}

function note(view, body, op) {
  if (view.notes.has(op.op_id)) return;
  const { text, contribution_kind: kind, theme } = body;
  view.notes.set(op.op_id, {
    reference: op.op_id, kind, theme, text, table: view.table, step: view.step?.kind ?? "", from_phone: view.table === null,
    conclusion: Boolean(body.conclusion), family: null, duplicate_of: null, hidden: false, waiting: false, versions: 1, dots: 0, mine: 0,
    pending: op.waits,
  });
  view.own.set(op.op_id, { reference: op.op_id, kind, theme, text });
}

function edit(view, body, op) {
  if (body.title != null) {
    const family = view.families.get(body.of);
    if (family) Object.assign(family, { title: body.title, pending: op.waits });
    return;
  }
  withdraw(view, { of: body.of, withdrawn: false }, op);
  for (const known of [view.notes.get(body.of), view.own.get(body.of)]) if (known) Object.assign(known, edited(body), { pending: op.waits });
}

function withdraw(view, body, op) {
  const gone = body.withdrawn !== false, known = view.notes.get(body.of) ?? view.families.get(body.of);
  if (known) Object.assign(known, { withdrawn: gone, pending: op.waits });
  else if (!gone && view.ghosts.has(body.of)) view.notes.set(body.of, { ...view.ghosts.get(body.of), withdrawn: false, pending: op.waits });
  if (gone) view.own.delete(body.of);
}

function family(view, body, op) {
  let reference = "of" in body ? body.of : op.op_id;
  if (reference && !view.families.has(reference) && body.title != null) {
    view.families.set(reference, { reference, title: body.title, table: view.table, joined_into: null, hidden: false, dots: 0, mine: 0, pending: op.waits });
  } else if (reference && body.title != null) Object.assign(view.families.get(reference), { title: body.title, pending: op.waits });
  for (const each of body.notes ?? []) {
    const held = view.notes.get(each);
    if (!held) continue;
    addDots(view.families.get(held.family), -held.dots);
    addDots(view.families.get(reference), held.dots);
    Object.assign(held, { family: reference, pending: op.waits });
  }
}

function duplicate(view, body, op) {
  const held = view.notes.get(body.note);
  if (held) Object.assign(held, { duplicate_of: body.of ?? null, pending: op.waits });
}

function dot(view, body, op) {
  const target = view.notes.get(body.target) ?? view.families.get(body.target);
  if (!target) return;
  const more = body.count - target.mine;
  target.mine = body.count;
  if (!op.counted) for (const each of [target, view.families.get(target.family)]) addDots(each, more);
  target.pending = op.waits;
}

function attendance(view, { organisation, people }, op) {
  view.heads.set(fold(organisation), { organisation, people, pending: op.waits });
}

function addDots(target, more) { if (target) target.dots = Math.max(0, target.dots + more); }

const APPLY = { note, edit, withdraw, family, duplicate, dot, attendance };

// What a table sees: its families (hers, and those that hold her notes), the others, her notes in none.
export function tableOf(view) {
  const standing = [...view.notes.values()].filter(each => !each.withdrawn && !each.hidden);
  const doubles = grouped(standing);
  const shown = standing.filter(each => !each.duplicate_of || !view.notes.has(each.duplicate_of));
  const here = shown.filter(each => each.table === null || each.table === view.table);
  const alive = [...view.families.values()].filter(each => !each.withdrawn && !each.joined_into);
  const known = new Set(alive.map(each => each.reference));
  const held = new Set(here.map(each => each.family));
  const ours = alive.filter(each => each.table === view.table || held.has(each.reference));
  return {
    families: ours.map(each => ({ ...each, notes: shown.filter(other => other.family === each.reference) })),
    others: alive.filter(each => !ours.includes(each)),
    alone: here.filter(each => !known.has(each.family)),
    doubles,
    heads: [...view.heads.values()].filter(head => head.people),
  };
}

// What a phone reads: every family and every note, but those that are hidden or that someone must look at first.
export function boardOf(view) {
  const notes = [...view.notes.values()].filter(each => !each.withdrawn && !each.hidden && !each.waiting && !each.duplicate_of);
  const alive = [...view.families.values()].filter(each => !each.withdrawn && !each.joined_into && !each.hidden);
  const known = new Set(alive.map(each => each.reference));
  return {
    families: alive.map(each => ({ ...each, notes: notes.filter(other => other.family === each.reference) })),
    alone: notes.filter(each => !known.has(each.family)),
    doubles: new Map(),
  };
}

function grouped(notes) {
  const found = new Map();
  for (const each of notes) if (each.duplicate_of) found.set(each.duplicate_of, [...(found.get(each.duplicate_of) ?? []), each]);
  return found;
}

// How many dots she may still place: those of a table grow with the people counted.
export function dotsLeft(view, limit) {
  const placed = [...view.notes.values(), ...view.families.values()].reduce((sum, each) => sum + (each.mine ?? 0), 0);
  return { limit, left: Math.max(0, limit - placed) };
}

// The room, from what was known of it and what the server says changed since.
export function grown(before, told) {
  if (told.since === undefined) return told;
  const gone = new Set(told.gone);
  const merged = name => {
    const by = new Map(before[name].filter(each => !gone.has(each.reference)).map(each => [each.reference, each]));
    for (const each of told[name]) by.set(each.reference, each);
    return [...by.values()];
  };
  const families = merged("families").sort((a, b) => b.dots - a.dots || (a.reference < b.reference ? -1 : 1));
  return { ...before, ...told, notes: merged("notes"), families };
}
