// What undoes an operation, and what does it again, as operations: nothing is ever taken out of the log. Pure.

// `op`: { op_id, kind, body }; `before`: the view it was made on. Two lists of { kind, body }.
export function inverseOf(op, before) {
  return INVERSES[op.kind]?.(op, before) ?? { undo: [], redo: [] };
}

const INVERSES = {
  note: ({ op_id }) => flag(op_id, true),
  withdraw: ({ body }) => flag(body.of, body.withdrawn === false),
  edit({ body }, before) {
    const known = before.notes.get(body.of) ?? before.families.get(body.of);
    if (!known) return undefined;
    const names = { text: "text", contribution_kind: "kind", theme: "theme", title: "title" };
    const changed = Object.entries(names).filter(([name]) => body[name] != null);
    const former = Object.fromEntries(changed.map(([name, field]) => [name, known[field]]));
    return { undo: [{ kind: "edit", body: { of: body.of, ...former } }], redo: [{ kind: "edit", body }] };
  },
  family({ op_id, body }, before) {
    const made = "of" in body ? null : op_id, notes = body.notes ?? [];
    const back = homes(notes, before);
    if (made === null) return { undo: back, redo: [{ kind: "family", body }] };
    const again = [{ kind: "withdraw", body: { of: made, withdrawn: false } }];
    if (notes.length) again.push({ kind: "family", body: { of: made, notes } });
    return { undo: [...back, { kind: "withdraw", body: { of: made } }], redo: again };
  },
  duplicate({ body }, before) {
    const was = before.notes.get(body.note)?.duplicate_of ?? null;
    return { undo: [{ kind: "duplicate", body: { note: body.note, of: was } }], redo: [{ kind: "duplicate", body }] };
  },
  dot({ body }, before) {
    const was = (before.notes.get(body.target) ?? before.families.get(body.target))?.mine ?? 0;
    return { undo: [{ kind: "dot", body: { ...body, count: was } }], redo: [{ kind: "dot", body }] };
  },
  attendance({ body }, before) {
    const key = [...before.heads].find(([, head]) => head.organisation === body.organisation)?.[0];
    const was = key === undefined ? 0 : before.heads.get(key).people;
    return { undo: [{ kind: "attendance", body: { ...body, people: was } }], redo: [{ kind: "attendance", body }] };
  },
};

function flag(of, done) {
  const gone = { kind: "withdraw", body: { of } }, back = { kind: "withdraw", body: { of, withdrawn: false } };
  return done ? { undo: [gone], redo: [back] } : { undo: [back], redo: [gone] };
}

// The families where notes were, one operation each.
function homes(notes, before) {
  const byFamily = new Map();
  for (const reference of notes) {
    const home = before.notes.get(reference)?.family ?? null;
    byFamily.set(home, [...(byFamily.get(home) ?? []), reference]);
  }
  return [...byFamily].map(([of, references]) => ({ kind: "family", body: { of, notes: references } }));
}
