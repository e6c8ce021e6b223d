import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { newDevice, openPage } from "../page.js";

const META = { participant: "p-alice", key: "key-alice", clock: "0", pages: "parvis-pages", worker: "/sw.js", home: "/partenaires/" };

beforeEach(() => newDevice());

async function open(meta = {}) {
  const page = openPage({ meta: { ...META, ...meta } });
  const device = await page.load("parvis/js/device.js");
  await device.canKeep;
  return { page, device };
}
const texts = ops => ops.map(op => op.body.text);

test("an operation has a name of its own, the next clock, and is not tried yet", async () => {
  const { device } = await open({ clock: "12" });
  const op_id = await device.storeOperation("note", { text: "Le bus" });
  assert.match(op_id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual(await device.ownOperations(), [
    { op_id, participant: "p-alice", name: undefined, kind: "note", seq: 13, body: { text: "Le bus" }, tried: false },
  ]);
});

test("the clock only grows", async () => {
  const { device } = await open({ clock: "12" });
  await device.raiseClock("p-alice", 5);
  assert.equal(await device.readFact("clock:p-alice"), 12);
  await device.raiseClock("p-alice", 20);
  assert.equal(await device.readFact("clock:p-alice"), 20);
});

test("operations written at the same moment have clocks of their own", async () => {
  const { device } = await open();
  await Promise.all(["un", "deux", "trois"].map(text => device.storeOperation("note", { text })));
  const ops = await device.ownOperations();
  assert.deepEqual([...new Set(ops.map(op => op.seq))], [1, 2, 3]);
});

test("a device keeps one name, whoever uses it", async () => {
  const first = await open();
  await first.device.storeOperation("note", { text: "un" });
  const name = await first.device.readFact("device");
  const second = await open({ participant: "p-bob", key: "key-bob" });
  await second.device.storeOperation("note", { text: "deux" });
  assert.equal(await second.device.readFact("device"), name);
});

test("on a shared device each sees hers, and all is sent", async () => {
  await (await open({ participant: "p-bob", key: "key-bob" })).device.storeOperation("note", { text: "de Bob" });
  const { device } = await open();
  await device.storeOperation("note", { text: "d'Alice" });
  assert.deepEqual(texts(await device.ownOperations()), ["d'Alice"]);
  assert.deepEqual(texts(await device.operationsToSend()).sort(), ["d'Alice", "de Bob"]);
  assert.equal(await device.localAnswer("opinion:s"), undefined);
});

test("the answer given here stands until a page made after it shows it", async () => {
  const { device } = await open();
  const op_id = await device.storeOperation("opinion", { sheet: "s", value: "adapt", comment: "Trop tôt" }, "opinion:s");
  assert.deepEqual(await device.localAnswer("opinion:s"),
    { participant: "p-alice", name: "opinion:s", seq: 1, sheet: "s", value: "adapt", comment: "Trop tôt", refused: undefined });
  const [op] = await device.ownOperations();
  assert.equal(op.op_id, op_id);
  await device.settleOperation(op, "");
  assert.deepEqual(await device.localAnswer("opinion:s"), { participant: "p-alice", name: "opinion:s", seq: 1, value: "adapt", refused: undefined });
  assert.equal(await (await open({ clock: "1" })).device.localAnswer("opinion:s"), undefined);
});

test("once it arrived, a text leaves the device, unless a newer one waits", async () => {
  const { device } = await open();
  await device.storeOperation("edit", { of: "n", text: "un" }, "edit:n");
  const [first] = await device.markTried(await device.ownOperations());
  await device.storeOperation("edit", { of: "n", text: "deux" }, "edit:n");
  await device.settleOperation(first, "");
  assert.equal((await device.localAnswer("edit:n")).text, "deux");
  await device.settleOperation((await device.ownOperations())[0], "");
  assert.equal("text" in (await device.localAnswer("edit:n")), false);
});

test("a refused one is kept with its reason, and gives way to a correction that keeps what it does not change", async () => {
  const { device } = await open();
  await device.storeOperation("edit", { of: "n", text: "trop long", theme: "emploi" }, "edit:n");
  const [op] = await device.markTried(await device.ownOperations());
  await device.settleOperation(op, "Trop long.");
  assert.equal((await device.localAnswer("edit:n")).refused, "Trop long.");
  await device.storeOperation("edit", { of: "n", text: "court" }, "edit:n");
  assert.deepEqual((await device.ownOperations()).map(other => [other.body, other.refused]), [[{ of: "n", text: "court", theme: "emploi" }, undefined]]);
});

test("what was taken back while it was about to leave does not leave", async () => {
  const { device } = await open();
  const op_id = await device.storeOperation("note", { text: "un" });
  const batch = await device.operationsToSend();
  assert.equal(await device.removeOperation(op_id), true);
  assert.deepEqual(await device.markTried(batch), []);
  assert.equal(await device.removeOperation(op_id), false);
});

test("leaving forgets hers and her key, and leaves what is someone else's", async () => {
  await (await open({ participant: "p-bob", key: "key-bob" })).device.storeOperation("note", { text: "de Bob" });
  const { device } = await open();
  await device.storeOperation("edit", { of: "n", text: "d'Alice" }, "edit:n");
  await device.forgetParticipant();
  assert.equal(await device.readFact("key:p-alice"), undefined);
  assert.equal(await device.readFact("key:p-bob"), "key-bob");
  assert.deepEqual(texts(await device.operationsToSend()), ["de Bob"]);
});

test("with the last one who leaves, nothing stays on the device", async () => {
  const { device } = await open();
  await device.storeOperation("note", { text: "un" });
  await device.forgetParticipant();
  assert.deepEqual(await indexedDB.databases(), []);
});

test("a device that refuses to keep says so", async () => {
  Object.defineProperty(globalThis, "indexedDB", { configurable: true, get() { throw new Error("refused"); } });
  assert.equal(await (await open()).device.canKeep, false);
});
