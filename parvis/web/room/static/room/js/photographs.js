// Photographs of the paperboard: kept on the device until the server has them, made smaller before they leave.
import { participant, uuid } from "../../parvis/js/device.js";
import { dropPhoto, keepPhoto, photosOf } from "./kept.js";
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
      await keepPhoto({ reference: uuid(), participant, alt, data: await smaller(file), refused: "" });
    } catch { form.submit(); return; }
    form.reset();
    await tell();
    send();
  });
  addEventListener("online", send);
  tell().then(send);
}

// At most 2000 pixels a side, as JPEG, turned upright. As it is when this browser cannot read it: the server will tell.
async function smaller(file) {
  try {
    const image = await createImageBitmap(file), scale = Math.min(1, SIDE / Math.max(image.width, image.height));
    const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(image.width * scale), height: Math.round(image.height * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, fail) => canvas.toBlob(blob => blob ? done(blob) : fail(new Error("no picture")), "image/jpeg", 0.85));
  } catch { return file; }
}

async function send() {
  clearTimeout(timer);
  if (sending) return;
  sending = true;
  try {
    for (const photo of (await photosOf(participant)).filter(each => !each.refused)) {
      const body = new FormData(form);
      body.set("photo", photo.data, "photographie.jpg");
      body.set("alt", photo.alt);
      body.set("reference", photo.reference);
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      if (!answer.headers.get("Content-Type")?.startsWith("application/json")) throw new Error("not answered");
      const { refusal } = await answer.json();
      if (refusal) await keepPhoto({ ...photo, refused: refusal });
      else await dropPhoto(photo.reference);
      await readPersonal();
    }
    wait = 2000;
  } catch {
    timer = setTimeout(send, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
  sending = false;
  await tell();
}

// Those that wait or were refused, under those that the server has.
async function tell() {
  for (const each of list.querySelectorAll("[data-kept-photo]")) each.remove();
  for (const photo of await photosOf(participant)) {
    const item = document.createElement("li"), body = document.createElement("div");
    item.className = "row";
    item.dataset.keptPhoto = photo.reference;
    body.className = "row__body";
    body.append(Object.assign(document.createElement("p"), { textContent: photo.alt, dir: "auto" }), Object.assign(document.createElement("span"), { className: `badge badge--${photo.refused ? "danger" : "waiting"}`, textContent: photo.refused ? `Refusée : ${photo.refused}` : "En attente" }));
    if (photo.refused) {
      const drop = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: "Ne pas la garder" });
      drop.addEventListener("click", async () => { await dropPhoto(photo.reference); tell(); });
      body.append(" ", drop);
    }
    item.append(body);
    list.append(item);
  }
}

export function fillPhotographs(photos) {
  const known = new Set([...list.querySelectorAll("a")].map(link => link.getAttribute("href")));
  for (const { code, alt } of photos) {
    const href = `${form.action.replace(location.origin, "")}${code}/`;
    if (known.has(href)) continue;
    const item = document.createElement("li"), title = Object.assign(document.createElement("p"), { className: "row__title" });
    item.className = "row";
    title.append(Object.assign(document.createElement("a"), { href, textContent: alt, dir: "auto" }));
    item.append(title);
    list.prepend(item);
  }
}
