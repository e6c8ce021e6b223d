// Photographs of the paperboard: kept on the device until the server has them, made smaller before they leave.
import { participant, uuid } from "../../parvis/js/device.js";
import { make } from "../../parvis/js/elements.js";
import { dropPhoto, photosOf, storePhoto } from "./room-storage.js";
import { readPersonal } from "./room.js";

const form = document.querySelector("[data-photo-form]"), list = document.querySelector("[data-photos]");
const SIDE = 2000, LONGEST_WAIT_MS = 60_000;
let wait = 2000, timer = 0, sending = false;

export function offerPhotographs() {
  form.addEventListener("submit", async event => {
    const file = form.elements.photo.files[0], alt = form.elements.alt.value.trim();
    event.preventDefault();
    if (!file || !alt) { form.reportValidity(); return; }
    try {
      await storePhoto({ reference: uuid(), participant, alt, data: await smaller(file), refused: "" });
    } catch { form.submit(); return; }
    form.reset();
    await showWaiting();
    send();
  });
  addEventListener("online", send);
  showWaiting().then(send);
}

// At most 2000 pixels a side, as JPEG, turned upright. As it is when this browser cannot read it: the server will tell.
async function smaller(file) {
  try {
    const image = await createImageBitmap(file), scale = Math.min(1, SIDE / Math.max(image.width, image.height));
    const canvas = make("canvas", { width: Math.round(image.width * scale), height: Math.round(image.height * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, fail) => {
      canvas.toBlob(blob => blob ? done(blob) : fail(new Error("no picture")), "image/jpeg", 0.85);
    });
  } catch { return file; }
}

async function send() {
  clearTimeout(timer);
  if (sending) return;
  sending = true;
  try {
    for (const photo of (await photosOf(participant)).filter(({ refused }) => !refused)) {
      const body = new FormData(form);
      body.set("photo", photo.data, "photographie.jpg");
      body.set("alt", photo.alt);
      body.set("reference", photo.reference);
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      if (answer.status >= 500 || !answer.headers.get("Content-Type")?.startsWith("application/json")) throw new Error("not answered");
      const { refusal } = await answer.json();
      if (refusal) await storePhoto({ ...photo, refused: refusal });
      else await dropPhoto(photo.reference);
      await readPersonal();
    }
    wait = 2000;
  } catch {
    timer = setTimeout(send, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
  sending = false;
  await showWaiting();
}

// Those that wait or were refused, under those that the server has.
async function showWaiting() {
  for (const line of list.querySelectorAll("[data-kept-photo]")) line.remove();
  list.append(...(await photosOf(participant)).map(waitingLine));
}

function waitingLine({ reference, alt, refused }) {
  const badge = make("span", { className: `badge badge--${refused ? "danger" : "waiting"}` }, refused ? `Refusée : ${refused}` : "En attente");
  const body = make("div", { className: "row__body" }, make("p", { dir: "auto" }, alt), badge);
  const onclick = async () => { await dropPhoto(reference); showWaiting(); };
  if (refused) body.append(" ", make("button", { type: "button", className: "link", onclick }, "Ne pas la garder"));
  return make("li", { className: "row", "data-kept-photo": reference }, body);
}

export function showPhotographs(photos) {
  const shown = new Set([...list.querySelectorAll("a")].map(link => link.getAttribute("href")));
  for (const { code, alt } of photos) {
    const href = `${form.action.replace(location.origin, "")}${code}/`;
    if (shown.has(href)) continue;
    list.prepend(make("li", { className: "row" }, make("p", { className: "row__title" }, make("a", { href, dir: "auto" }, alt))));
  }
}
