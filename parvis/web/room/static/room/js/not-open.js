// The room of her code is not open yet: her form is sent again from time to time, until it leads into the room.
import { askInTurn } from "./waiting-room.js";

const form = document.querySelector("[data-not-open]");
askInTurn(async () => {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
  if (answer.redirected) { location.assign(answer.url); return true; }
  if (answer.status >= 400 && answer.status < 500) { form.submit(); return true; }  // the page says what changed
  return false;
});
