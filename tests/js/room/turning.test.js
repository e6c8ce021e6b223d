// The page of a screen follows from the clock, as the server reckons it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pageAt } from "../../../parvis/web/room/static/room/js/turning.js";

const since = Date.parse("2026-03-12T14:00:00Z"), later = turns => since + turns * 12_000;

test("pages turn every twelve seconds and come round", () => {
  assert.deepEqual([0, 1, 2, 3].map(turns => pageAt({ count: 3, start: 2, since }, later(turns))), [2, 0, 1, 2]);
  assert.equal(pageAt({ count: 3, start: 2, since }, later(-1)), 2);
});

test("a page that is held stays, the last one when there are fewer", () => {
  assert.equal(pageAt({ count: 3, start: 1, since: null }, later(9)), 1);
  assert.equal(pageAt({ count: 2, start: 7, since: null }, later(9)), 1);
});
