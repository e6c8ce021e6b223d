// Which page a screen shows at a moment: as `gathering/room/turning.py` does. Pure. `since`: null when it is held.
const TURN_MS = 12_000;

export function pageAt({ count, start, since }, moment) {
  if (since === null) return Math.min(start, count - 1);
  return (start + Math.max(0, Math.floor((moment - since) / TURN_MS))) % count;
}
