// The room as this device knows it: the last snapshot, with what it wrote since on top. Pure: nothing is asked or kept.
import { fold } from "../../parvis/js/fold.js";

// `snapshot` and `mine` as the server gives them; `ops` in their order: { op_id, kind, body, waits, counted }, `waits`:
// not sent yet, `counted`: its dots are in the totals of the snapshot. `table`: hers, or null on a phone. `ghosts`: notes
// seen before (reference → note), for one that comes back.
export function roomView({ snapshot, mine, ops, table, ghosts = new Map() }) {
  const view = {
    ...snapshot,
    notes: withOwnDots(snapshot.notes, mine),
    families: withOwnDots(snapshot.families, mine),
    heads: new Map(mine.heads.map(head => [fold(head.organisation), head])),
    own: new Map(mine.notes.map(row => [row.reference, { ...row }])),
    ghosts, table,
  };
  // Words that are kept from others meanwhile are told to who wrote them.
  for (const [reference, row] of view.own) if (view.notes.get(reference)?.text === "") view.notes.get(reference).text = row.text;
  for (const op of ops) APPLY[op.kind]?.(view, op.body, op);
  return view;
}

function withOwnDots(rows, mine) {
  return new Map(rows.map(row => [row.reference, { ...row, mine: mine.dots[row.reference] ?? 0 }]));
}

// The same personal state with operations that arrived: what the server would tell of it now.
export function folded(mine, ops) {
  const now = { ...mine, dots: { ...mine.dots }, heads: [...mine.heads], notes: mine.notes.map(row => ({ ...row })) };
  for (const { op_id, kind, body } of ops) {
    const own = now.notes.find(row => row.reference === body.of);
    if (kind === "dot") now.dots[body.target] = body.count;
    if (kind === "attendance") now.heads = withHead(now.heads, body);
    if (kind === "note" && !now.notes.some(row => row.reference === op_id)) now.notes.push(ownNote(op_id, body));
    if (kind === "edit" && own) Object.assign(own, edited(body));
    if (kind === "withdraw" && body.withdrawn !== false) now.notes = now.notes.filter(row => row.reference !== body.of);
  }
  return now;
}

function withHead(heads, { organisation, people }) {
  const others = heads.filter(head => fold(head.organisation) !== fold(organisation));
  return people ? [...others, { organisation, people }] : others;
}

function ownNote(reference, { contribution_kind: kind, theme, text }) { return { reference, kind, theme, text }; }

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
  view.own.set(op.op_id, ownNote(op.op_id, body));
}

function edit(view, body, op) {
  if (body.title != null) {
    const named = view.families.get(body.of);
    if (named) Object.assign(named, { title: body.title, pending: op.waits });
    return;
  }
  withdraw(view, { of: body.of, withdrawn: false }, op);
  for (const known of [view.notes.get(body.of), view.own.get(body.of)]) {
    if (known) Object.assign(known, edited(body), { pending: op.waits });
  }
}

function withdraw(view, body, op) {
  const gone = body.withdrawn !== false, known = view.notes.get(body.of) ?? view.families.get(body.of);
  if (known) Object.assign(known, { withdrawn: gone, pending: op.waits });
  else if (!gone && view.ghosts.has(body.of)) view.notes.set(body.of, { ...view.ghosts.get(body.of), withdrawn: false, pending: op.waits });
  if (gone) view.own.delete(body.of);
}

function family(view, body, op) {
  const reference = "of" in body ? body.of : op.op_id, { title } = body;
  if (reference && title != null) {
    const made = { reference, table: view.table, joined_into: null, hidden: false, dots: 0, mine: 0 };
    view.families.set(reference, { ...(view.families.get(reference) ?? made), title, pending: op.waits });
  }
  for (const moved of (body.notes ?? []).map(noteReference => view.notes.get(noteReference)).filter(Boolean)) {
    addDots(view.families.get(moved.family), -moved.dots);
    addDots(view.families.get(reference), moved.dots);
    Object.assign(moved, { family: reference, pending: op.waits });
  }
}

function duplicate(view, body, op) {
  const double = view.notes.get(body.note);
  if (double) Object.assign(double, { duplicate_of: body.of ?? null, pending: op.waits });
}

function dot(view, body, op) {
  const target = view.notes.get(body.target) ?? view.families.get(body.target);
  if (!target) return;
  const more = body.count - target.mine;
  target.mine = body.count;
  if (!op.counted) for (const row of [target, view.families.get(target.family)]) addDots(row, more);
  target.pending = op.waits;
}

function attendance(view, { organisation, people }, op) {
  view.heads.set(fold(organisation), { organisation, people, pending: op.waits });
}

function addDots(target, more) { if (target) target.dots = Math.max(0, target.dots + more); }

const APPLY = { note, edit, withdraw, family, duplicate, dot, attendance };

// What a table sees: its families (hers, and those that hold her notes), the others, her notes in none.
export function tableOf(view) {
  const standing = [...view.notes.values()].filter(row => row.text && !row.withdrawn && !row.hidden);
  const shown = standing.filter(row => !row.duplicate_of || !view.notes.has(row.duplicate_of));
  const here = shown.filter(row => row.table === null || row.table === view.table);
  const alive = [...view.families.values()].filter(row => !row.withdrawn && !row.joined_into);
  const withNotesHere = new Set(here.map(row => row.family));
  const ours = alive.filter(row => row.table === view.table || withNotesHere.has(row.reference));
  return {
    families: withNotes(ours, shown),
    others: alive.filter(row => !ours.includes(row)),
    alone: inNone(here, alive),
    doubles: byFirst(standing),
    heads: [...view.heads.values()].filter(head => head.people),
  };
}

// What a phone reads: every family and every note, but those that are hidden or that someone must look at first.
export function boardOf(view) {
  const notes = [...view.notes.values()].filter(row => !row.withdrawn && !row.hidden && !row.waiting && !row.duplicate_of);
  const alive = [...view.families.values()].filter(row => !row.withdrawn && !row.joined_into && !row.hidden);
  return { families: withNotes(alive, notes), alone: inNone(notes, alive), doubles: new Map() };
}

function withNotes(families, notes) {
  return families.map(row => ({ ...row, notes: notes.filter(({ family: of }) => of === row.reference) }));
}

function inNone(notes, families) {
  const references = new Set(families.map(({ reference }) => reference));
  return notes.filter(row => !references.has(row.family));
}

// The notes that say the same as another, by the reference of that other.
function byFirst(notes) {
  const doubles = new Map();
  for (const row of notes.filter(({ duplicate_of }) => duplicate_of)) {
    doubles.set(row.duplicate_of, [...(doubles.get(row.duplicate_of) ?? []), row]);
  }
  return doubles;
}

// How many dots she may still place: those of a table grow with the people counted.
export function dotsLeft(view, limit) {
  const placed = [...view.notes.values(), ...view.families.values()].reduce((sum, row) => sum + (row.mine ?? 0), 0);
  return { limit, left: Math.max(0, limit - placed) };
}

// The room, from what was known of it and what the server says changed since.
export function grown(before, answer) {
  if (answer.since === undefined) return answer;
  const gone = new Set(answer.gone);
  const merged = name => {
    const rows = new Map(before[name].filter(row => !gone.has(row.reference)).map(row => [row.reference, row]));
    for (const row of answer[name]) rows.set(row.reference, row);
    return [...rows.values()];
  };
  const families = merged("families").sort((a, b) => b.dots - a.dots || (a.reference < b.reference ? -1 : 1));
  return { ...before, ...answer, notes: merged("notes"), families };
}
