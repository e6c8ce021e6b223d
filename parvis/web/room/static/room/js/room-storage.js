// What a device keeps of its rooms: the last state of each place, and the photographs that are not sent yet.
import { openDB } from "../../vendor/idb.js";

const opened = (async () => openDB("parvis-room", 1, {
  upgrade(database) {
    database.createObjectStore("states");
    database.createObjectStore("photos", { keyPath: "reference" });
  },
  blocking(before, after, event) { event.target.close(); },
}))();
const canStore = opened.then(() => true, () => false);

// The last state of a participant's place: { snapshot, mine }; undefined when there is none, or nothing can be kept.
export async function lastState(who) { return (await canStore) ? (await opened).get("states", who) : undefined; }
export async function storeState(who, state) { if (await canStore) await (await opened).put("states", state, who); }

export async function storePhoto(photo) { await (await opened).put("photos", photo); }
export async function photosOf(who) {
  return (await canStore) ? (await (await opened).getAll("photos")).filter(photo => photo.participant === who) : [];
}
export async function dropPhoto(reference) { await (await opened).delete("photos", reference); }

// Forget a participant on this device.
export async function forgetPlace(who) {
  if (!(await canStore)) return;
  for (const photo of await photosOf(who)) await dropPhoto(photo.reference);
  await (await opened).delete("states", who);
}
