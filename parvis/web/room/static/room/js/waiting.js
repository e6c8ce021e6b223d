// The page where one waits at the entrance of a room: it asks from time to time, and opens the room once let in.
import { meta } from "../../parvis/js/page-meta.js";

const ROOM = `/atelier/${meta("room")}/`, WAIT_MS = 5000;
const status = document.querySelector("[data-waits]"), [quiet, lost] = [status.textContent, "Réseau coupé : la page réessaiera d'elle-même."];

async function ask() {
  try {
    const answer = await fetch(ROOM, { method: "HEAD", cache: "no-store" });
    if (answer.ok && !answer.url.endsWith("/attente/")) { location.assign(ROOM); return; }
    showStatus(quiet);
  } catch { showStatus(lost); }
  setTimeout(ask, WAIT_MS * (0.75 + Math.random() / 2));
}
function showStatus(words) { if (status.textContent !== words) status.textContent = words; }
setTimeout(ask, WAIT_MS);
