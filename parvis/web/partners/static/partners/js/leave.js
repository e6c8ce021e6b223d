// The page that closes the access of this device.
import { offerLeaving } from "../../parvis/js/leave-device.js";

offerLeaving({
  waiting: count => `${count} réponse${count > 1 ? "s attendent" : " attend"} encore d'être envoyée${count > 1 ? "s" : ""} : retrouvez du réseau, puis fermez. Rien n'est perdu.`,
  refused: "Ce qui a été refusé est encore gardé ici : fermer l'effacera. Fermez de nouveau pour confirmer.",
  offline: "Pas de réseau : rien n'est fermé. Retrouvez du réseau, puis fermez.",
});
