import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileServedAs } from "../served.js";

const { fold } = await import(fileServedAs("parvis/js/fold.js"));
const PAIRS = JSON.parse(readFileSync(new URL("../../core/folded_texts.json", import.meta.url), "utf8"));

for (const [text, folded] of PAIRS) {
  test(`« ${text} » is folded as the server folds it`, () => assert.equal(fold(text), folded));
}
