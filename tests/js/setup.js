// Loaded before each test file (`node --test --import`): how the scripts of the pages import one another.
import { register } from "node:module";

register("./served.js", import.meta.url);
