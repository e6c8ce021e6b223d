// The page where one waits at the entrance of a room: it opens the room once she is let in.
import { meta } from "../../parvis/js/page-meta.js";
import { askInTurn } from "./waiting-room.js";

const ROOM = `/atelier/${meta("room")}/`;
askInTurn(async () => {
  const answer = await fetch(ROOM, { method: "HEAD", cache: "no-store" });
  if (!answer.ok || answer.url.endsWith("/attente/")) return false;
  location.assign(ROOM);
  return true;
});
