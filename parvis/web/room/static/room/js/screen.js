// The projected screen: read again each time the room moves, and when its page turns by the server's clock, in the place
// of a question: no more requests than if it did not turn.
import { follow, now, postpone, readAgain, setClock, whenTicking } from "./follow.js";

const TURN_MS = 12_000, RETRY_MS = 5000, LATE_MS = 300;  // asked a little after it turned, never before
let wanted = null;

// As `gathering/room/turning.py` reckons it.
function turn() {
  const turning = document.querySelector("[data-turning]");
  if (!turning?.dataset.since) return;  // one page, or one that is held
  const { count, start, since, shown } = turning.dataset;
  const turns = Math.max(0, Math.floor((now() - LATE_MS - Date.parse(since)) / TURN_MS)), page = (Number(start) + turns) % Number(count);
  if (page === Number(shown) || page === wanted) return;
  wanted = page;
  postpone();
  readAgain().catch(() => undefined).finally(() => setTimeout(() => { wanted = null; }, RETRY_MS));  // `follow` says what is lost
}

const given = document.querySelector("[data-turning]")?.dataset.now;
if (given) setClock(Date.parse(given) - Date.now());
whenTicking(turn);
follow(() => readAgain());
