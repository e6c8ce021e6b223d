// Follows a room: asks what changed, reads the page again when something did, keeps the step's clock.
import { meta } from "../../parvis/js/page-meta.js";

const STATE = `/atelier/${meta("room")}/etat`, RENEW = `/atelier/${meta("room")}/cle/${meta("audience")}`;
const SOON_MS = 2000, IDLE_MS = 5000, LOST_MS = 30_000;
let key = meta("live"), version = meta("version"), quiet = 0, lost = 0, drift = 0, timer = 0, askLater = () => undefined;

const jitter = wait => wait * (0.75 + Math.random() / 2);
function showStatus(text) {
  const status = document.querySelector("[data-said]");
  if (status && status.textContent !== text) status.textContent = text;
}

// The server's clock, as far as this device knows it: its own may be wrong by a day.
export const now = () => Date.now() + drift;
export function setClock(apart) { drift = apart; tick(); }
export const clockApart = () => drift;

function askState() { return fetch(`${STATE}?since=${version}`, { cache: "no-store", headers: { "X-Parvis-Key": key } }); }

// A key is short: this page, whose session still opens the room, is given another. Whether it was.
async function renewKey() {
  const answer = await fetch(RENEW, { cache: "no-store", headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) return false;
  key = (await answer.json()).key;
  return true;
}

// `changed` is called when the room moved; it may refuse (returns false) when someone is typing: asked again later.
// Both are given when the room was read, at the latest: when it was asked, less the age of what the server knows.
// `answered`: once the answer is known, moved or not.
export function follow(changed, answered = () => undefined) {
  async function ask() {
    const asked = Date.now();
    let wait = document.hidden ? IDLE_MS * 2 : quiet > 10 ? IDLE_MS : SOON_MS;
    try {
      let answer = await askState();
      if (answer.status === 403 && await renewKey()) answer = await askState();
      if (answer.status >= 500) throw new Error("not answered");
      const serverTime = answer.headers.get("X-Parvis-Now");  // none when something on the way answers in its place
      if (serverTime) drift = Number(serverTime) - Date.now();
      const read = asked - Number(answer.headers.get("X-Parvis-Age"));
      lost = 0;
      showStatus("");
      if (answer.status === 304) quiet += 1;
      else if (answer.ok) {
        const state = await answer.json();
        if (await changed(state, read)) { version = String(state.version); quiet = 0; }
      } else showStatus("Cette page n'est plus reliée à la salle : rechargez-la.");
      if (answer.ok || answer.status === 304) answered(read);
    } catch {
      lost += 1;
      wait = Math.min(SOON_MS * 2 ** lost, LOST_MS);
      showStatus(document.querySelector("[data-lost]")?.dataset.lost ?? "Réseau coupé : ce qui est affiché date d'avant. La page se reliera d'elle-même.");
    }
    askLater(wait);
  }
  askLater = wait => { clearTimeout(timer); timer = setTimeout(ask, jitter(wait)); };
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { clearTimeout(timer); ask(); } });
  askLater(SOON_MS);
  return () => { clearTimeout(timer); ask(); };
}

// The page is being read again for another reason: the next question may wait.
export function postpone() { askLater(IDLE_MS); }

// The parts of this page, read again from the server; the version read becomes the one this page knows.
export async function readAgain(address = location.href) {
  const answer = await fetch(address, { cache: "no-store" });
  if (!answer.ok || answer.redirected) return false;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-part]")) {
    const other = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
    if (other && other.innerHTML !== part.innerHTML) part.replaceChildren(...other.childNodes);
  }
  tick();
  return true;
}

// What else moves with the clock: called at each second, and when the page was read again.
const tickers = new Set();
export function whenTicking(ticker) { tickers.add(ticker); ticker(); }

function tick() {
  for (const ticker of tickers) ticker();
  for (const clock of document.querySelectorAll("[data-clock]")) {
    const { endsAt, left } = clock.dataset;
    if (left !== undefined) { showPaused(clock, spelled(Number(left))); continue; }
    if (!endsAt) { clock.textContent = ""; continue; }
    const seconds = Math.round((new Date(endsAt) - now()) / 1000);
    clock.textContent = seconds >= 0 ? spelled(seconds) : `+ ${spelled(-seconds)}`;
    clock.classList.toggle("clock--over", seconds < 0);
  }
}
// The words apart from the figures: where the figures are large, the words are not.
function showPaused(clock, left) {
  const words = `${left} en pause`;
  if (clock.textContent === words) return;
  const small = document.createElement("small");
  small.textContent = " en pause";
  clock.replaceChildren(left, small);
}
const spelled = seconds => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
tick();
setInterval(tick, 1000);
