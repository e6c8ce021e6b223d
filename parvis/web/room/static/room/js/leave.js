// The page that closes a place of the room on this device, photographs included.
import { participant } from "../../parvis/js/device.js";
import { offerLeaving } from "../../parvis/js/leave-device.js";
import { forgetPlace, photosOf } from "./room-storage.js";

async function counts() {
  const photos = await photosOf(participant), never = photos.filter(photo => photo.refused).length;
  return { leaving: photos.length - never, never };
}

offerLeaving({
  waiting: count => `${count > 1 ? `${count} écrits attendent encore d'être envoyés` : "Un écrit attend encore d'être envoyé"} : retrouvez du réseau, puis quittez. Rien n'est perdu.`,
  refused: "Ce qui a été refusé est encore gardé ici : quitter l'effacera. Quittez de nouveau pour confirmer.",
  offline: "Pas de réseau : rien n'est fermé. Retrouvez du réseau, puis quittez.",
}, { counts, forget: () => forgetPlace(participant) });
