// The projected screen: read again each time the room moves; its pages turn by the server's clock.
import { follow, now, readAgain, whenTicking } from "./follow.js";
import { pageAt } from "./turning.js";

function turn() {
  const turning = document.querySelector("[data-turning]");
  if (!turning) return;
  const { count, start, since } = turning.dataset;
  const shown = pageAt({ count: Number(count), start: Number(start), since: since ? Date.parse(since) : null }, now());
  for (const [rank, page] of document.querySelectorAll("[data-page]").entries()) {
    if (page.hidden === (rank === shown)) page.hidden = rank !== shown;
  }
  const number = turning.querySelector("[data-page-number]");
  if (number.textContent !== String(shown + 1)) number.textContent = shown + 1;
}

whenTicking(turn);
follow(() => readAgain());
