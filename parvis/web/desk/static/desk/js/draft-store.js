// The drafts of this device, each of one agent and one visit to a page. Touches no page.
const PREFIX = "parvis-draft ", LIFE_MS = 7 * 24 * 3600 * 1000;

const keyOf = draft => `${PREFIX}${draft.name}`;

// All of them, the newest first. A device that gives no storage has none.
function all() {
  try {
    const keys = Object.keys(localStorage).filter(key => key.startsWith(PREFIX));
    return keys.map(key => JSON.parse(localStorage.getItem(key))).sort((a, b) => b.at - a.at);
  } catch { return []; }
}

// False when the device could not keep it.
export function keep(draft) {
  try { localStorage.setItem(keyOf(draft), JSON.stringify(draft)); } catch { return false; }
  return true;
}

export function drop(draft) {
  try { localStorage.removeItem(keyOf(draft)); } catch { return; }
}

// Those of `agent` for the form at `place`.
export function draftsFor(agent, place) { return all().filter(draft => draft.agent === agent && draft.place === place); }

export function dropSaved(names) { for (const draft of all()) if (names.includes(draft.name)) drop(draft); }

// A device may be shared: nothing stays for the next agent, nor for longer than a week.
export function dropOldAndOthers(agent, now = Date.now()) {
  for (const draft of all()) if (now - draft.at > LIFE_MS || (agent && draft.agent !== agent)) drop(draft);
}

export function dropAll() { all().forEach(drop); }

// The session of who was sending them has ended: they come back by themselves once she is here again.
export function markSignedOut() { for (const draft of all()) if (draft.sent) keep({ ...draft, signedOut: true }); }
