// The projected screen: read again each time the room moves.
import { follow, readAgain } from "./follow.js";

follow(() => readAgain());
