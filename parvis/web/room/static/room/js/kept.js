// What a device keeps of its rooms: the last state of each place, and the photographs that are not sent yet.
import { openDB } from "../../vendor/idb.js";

const opened = (async () => openDB("parvis-room", 1, {
  upgrade(made) {
    made.createObjectStore("states");
    made.createObjectStore("photos", { keyPath: "reference" });
  },
  blocking(before, after, event) { event.target.close(); },
}))();
const able = opened.then(() => true, () => false);

// The last state of a participant's place: { snapshot, mine }; undefined when there is none, or nothing can be kept.
export async function lastState(who) { return (await able) ? (await opened).get("states", who) : undefined; }
export async function keepState(who, state) { if (await able) await (await opened).put("states", state, who); }

export async function keepPhoto(photo) { await (await opened).put("photos", photo); }
export async function photosOf(who) {
  return (await able) ? (await (await opened).getAll("photos")).filter(photo => photo.participant === who) : [];
}
export async function dropPhoto(reference) { await (await opened).delete("photos", reference); }

// Forget a participant on this device.
export async function forget(who) {
  if (!(await able)) return;
  for (const photo of await photosOf(who)) await dropPhoto(photo.reference);
  await (await opened).delete("states", who);
}
