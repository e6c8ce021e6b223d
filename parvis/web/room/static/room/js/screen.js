// The projected screen: read again each time the room moves, and when its page turns by the server's clock, in the place
// of a question: no more requests than if it did not turn.
import { follow, now, postpone, readAgain, setClock, whenTicking } from "./follow.js";
import { pageAt } from "./turning.js";

const RETRY_MS = 5000, LATE_MS = 300;  // asked a little after it turned, never before
let wanted = null;

function turn() {
  const turning = document.querySelector("[data-turning]");
  if (!turning) return;
  const { count, start, since, shown } = turning.dataset;
  const page = pageAt({ count: Number(count), start: Number(start), since: since ? Date.parse(since) : null }, now() - LATE_MS);
  if (page === Number(shown) || page === wanted) return;
  wanted = page;
  postpone();
  readAgain().catch(() => undefined).finally(() => setTimeout(() => { wanted = null; }, RETRY_MS));  // `follow` says what is lost
}

const given = document.querySelector("[data-turning]")?.dataset.now;
if (given) setClock(Date.parse(given) - Date.now());
whenTicking(turn);
follow(() => readAgain());
