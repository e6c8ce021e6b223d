import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { OutboxServer } from "../outbox-server.js";
import { newDevice, openPage, settled, stopTime } from "../page.js";

const META = { participant: "p-alice", key: "key-alice", clock: "0", pages: "parvis-pages", worker: "/sw.js", home: "/partenaires/" };
let server;

beforeEach(() => { newDevice(); stopTime(); server = new OutboxServer(); });
afterEach(() => mock.timers.reset());

async function open(meta = {}) {
  const page = openPage({ meta: { ...META, ...meta }, fetch: server.fetch });
  const outbox = await page.load("parvis/js/outbox.js"), device = await page.load("parvis/js/device.js");
  const states = [];
  outbox.watch(state => states.push(state));
  await settled();
  return { page, outbox, device, state: () => states.at(-1), states };
}

async function passTime(milliseconds, rounds) {
  mock.timers.tick(milliseconds);
  await settled(rounds);
}

const ids = ops => ops.map(op => op.op_id);

test("what is written is sent at once, under the key and the name of the device, and forgotten once it arrived", async () => {
  const { outbox, device, state } = await open();
  const op_id = await outbox.write("note", { text: "Le bus" });
  await settled();
  assert.equal(server.batches.length, 1);
  const [{ address, key, ops, device: name }] = server.batches;
  assert.deepEqual([address, key], ["/api/v1/outbox", "Bearer key-alice"]);
  assert.match(name, /^d-[0-9a-f-]{13}$/);
  assert.deepEqual(ops, [{ op_id, seq: 1, kind: "note", text: "Le bus" }]);
  assert.deepEqual(await device.ownOperations(), []);
  assert.deepEqual(state(), { waiting: 0, level: "", words: "Enregistré." });
});

test("without a network everything waits, in its order, and is told as such", async () => {
  server.failures = ["before", "before", "before"];
  const { outbox, device, state } = await open();
  for (const text of ["un", "deux", "trois"]) await outbox.write("note", { text });
  await settled();
  assert.deepEqual((await device.operationsToSend()).map(op => op.body.text), ["un", "deux", "trois"]);
  assert.deepEqual(state(), { waiting: 3, level: "waiting", words: "En attente (3)" });
});

for (const failure of ["after", "middle"]) {
  test(`an answer lost ${failure} the server applied: sent again under the same names, counted once`, async () => {
    server.failures = [failure];
    const { outbox, device } = await open();
    const op_id = await outbox.write("note", { text: "Le bus" });
    await settled();
    assert.deepEqual(ids(await device.operationsToSend()), [op_id]);
    await passTime(2000);
    assert.deepEqual(server.sent.map(op => [op.op_id, op.seq]), [[op_id, 1], [op_id, 1]]);
    assert.equal(server.applied.size, 1);
    assert.deepEqual(await device.ownOperations(), []);
  });
}

test("what was perhaps received is never replaced by a correction: it would be sent with other words under its name", async () => {
  server.failures = ["after"];
  const { outbox } = await open();
  const first = await outbox.write("opinion", { sheet: "s", value: "adapt" }, "opinion:s");
  await settled();
  const second = await outbox.write("opinion", { sheet: "s", value: "continue" }, "opinion:s");
  await settled();
  assert.deepEqual(server.sent.map(op => [op.op_id, op.seq, op.value]), [[first, 1, "adapt"], [first, 1, "adapt"], [second, 2, "continue"]]);
});

test("what was never sent gives way to what follows it, with what it had said besides", async () => {
  server.failures = Array(9).fill("before");
  const { outbox, device } = await open();
  await device.storeOperation("opinion", { sheet: "s", value: "adapt", comment: "Trop tôt" }, "opinion:s");
  await device.storeOperation("opinion", { sheet: "s", value: "continue" }, "opinion:s");
  const ops = await device.ownOperations();
  assert.deepEqual(ops.map(op => op.body), [{ sheet: "s", value: "continue", comment: "Trop tôt" }]);
  assert.equal((await outbox.unsentCounts()).leaving, 1);
});

test("a network cut in the middle of 230 operations: nothing lost, nothing twice, in order", async () => {
  server.failures = [undefined, "before", "after"];
  const { outbox, device } = await open();
  const written = [];
  for (let number = 0; number < 230; number += 1) written.push(await device.storeOperation("note", { text: `note ${number}` }));
  await outbox.send();
  assert.deepEqual([server.applied.size, server.failures.length], [50, 1]);
  await passTime(2000, 1000);
  await passTime(4000, 4000);
  assert.deepEqual([...server.applied.keys()], written);
  assert.ok(server.batches.every(({ ops }) => ops.length <= 50));
  assert.deepEqual(await device.ownOperations(), []);
});

test("a page closed before its answer: the next one sends the same operation, under the same clock", async () => {
  server.failures = ["after"];
  const first = await open();
  const op_id = await first.outbox.write("note", { text: "Le bus" });
  await settled();
  mock.timers.reset();  // the page is closed: it does nothing any more
  stopTime();
  const second = await open();
  assert.deepEqual(server.sent.map(op => [op.op_id, op.seq]), [[op_id, 1], [op_id, 1]]);
  assert.deepEqual(await second.device.ownOperations(), []);
});

test("the clock follows the greatest that was seen: of the page, of the server, of this device", async () => {
  server.clock = 40;
  const { outbox } = await open({ clock: "7" });
  await outbox.write("note", { text: "un" });
  await settled();
  await outbox.write("note", { text: "deux" });
  await settled();
  assert.deepEqual(server.sent.map(op => op.seq), [8, 41]);
});

test("a device that counts too far takes the clock it is told, and sends again what was refused, in order", async () => {
  server.clock = 12;
  const { outbox, device, state } = await open({ clock: String(2 ** 39) });
  const written = [await device.storeOperation("note", { text: "un" }), await device.storeOperation("note", { text: "deux" })];
  await outbox.send();
  await settled();
  assert.deepEqual([...server.applied.values()].map(op => [op.op_id, op.seq]), [[written[0], 13], [written[1], 14]]);
  await outbox.write("note", { text: "trois" });
  await settled();
  assert.deepEqual(server.sent.map(op => op.seq), [2 ** 39 + 1, 2 ** 39 + 2, 13, 14, 15]);
  assert.deepEqual([await device.ownOperations(), state().words], [[], "Enregistré."]);
});

test("one that is refused for its clock again and again is not sent for ever", async () => {
  server.verdicts.note = { status: "rejected", detail: "Trop loin.", clock: 3 };
  const { outbox, device } = await open();
  await outbox.write("note", { text: "un" });
  await settled();
  await passTime(60_000);
  assert.equal(server.sent.length, 2);
  assert.deepEqual((await device.ownOperations()).map(op => op.refused), ["Trop loin."]);
});

for (const status of ["rejected", "conflict"]) {
  test(`what the server answers « ${status} » is kept with its reason, is not sent again, and can be taken back`, async () => {
    server.verdicts.note = { status, detail: "Trop long." };
    const { outbox, device, state } = await open();
    const op_id = await outbox.write("note", { text: "Le bus" });
    await settled();
    await outbox.send();
    await settled();
    assert.equal(server.sent.length, 1);
    assert.deepEqual((await device.ownOperations()).map(op => [op.body.text, op.refused]), [["Le bus", "Trop long."]]);
    assert.deepEqual(state(), { waiting: 0, level: "refused", words: "Refusé : Trop long." });
    assert.deepEqual(await outbox.unsentCounts(), { leaving: 0, never: 1 });
    assert.equal(await outbox.discard(op_id), true);
    assert.deepEqual(await device.ownOperations(), []);
  });
}

test("what came late is kept by the server, and told as such", async () => {
  server.verdicts.note = { status: "late", detail: "" };
  const { outbox, device, state } = await open();
  await outbox.write("note", { text: "Le bus" });
  await settled();
  assert.deepEqual(await device.ownOperations(), []);
  assert.deepEqual(state(), { waiting: 0, level: "late", words: "Arrivé après la fermeture : gardé." });
});

test("what is on its way cannot be taken back", async () => {
  server.failures = ["after"];
  const { outbox, device } = await open();
  const op_id = await outbox.write("note", { text: "Le bus" });
  await settled();
  assert.equal(await outbox.discard(op_id), false);
  assert.deepEqual(ids(await device.operationsToSend()), [op_id]);
});

test("an access that is closed keeps what is written, says so, and does not ask again", async () => {
  server.failures = [401];
  const { outbox, device, state } = await open();
  await outbox.write("note", { text: "Le bus" });
  await settled();
  await passTime(60_000);
  assert.equal(server.batches.length, 1);
  assert.equal((await device.operationsToSend()).length, 1);
  assert.equal(state().words, "Votre accès est fermé : revenez comme vous êtes entré. Ce que vous avez écrit est gardé ici.");
  assert.deepEqual(await outbox.unsentCounts(), { leaving: 0, never: 1 });
});

test("a server in trouble is asked again, less and less often", async () => {
  server.failures = [500, 503, 502];
  const { outbox, device } = await open();
  await outbox.write("note", { text: "Le bus" });
  await settled();
  await passTime(1250);
  assert.equal(server.batches.length, 2);
  await passTime(1250);
  assert.equal(server.batches.length, 2);
  await passTime(1250);
  assert.equal(server.batches.length, 3);
  await passTime(5000);
  assert.equal(server.batches.length, 4);
  assert.deepEqual(await device.ownOperations(), []);
});

test("an answer that is not one, as from the gate of a hotel's network, is no answer: asked again later", async () => {
  const { outbox, device } = await open();
  const real = server.fetch;
  globalThis.fetch = async () => ({ status: 200, ok: true, json: async () => ({ portal: "Welcome" }) });
  await outbox.write("note", { text: "Le bus" });
  await settled();
  assert.equal((await device.operationsToSend()).length, 1);
  globalThis.fetch = real;
  await passTime(2000);
  assert.equal(server.applied.size, 1);
  assert.deepEqual(await device.ownOperations(), []);
});

test("an answer that forgets an operation leaves it to be sent later, and not at once for ever", async () => {
  const { outbox, device } = await open();
  let requests = 0;
  globalThis.fetch = async () => {
    requests += 1;
    if (requests > 20) throw new TypeError("enough");
    return { status: 200, ok: true, json: async () => ({ clock: 1, results: [] }) };
  };
  await outbox.write("note", { text: "Le bus" });
  await settled();
  assert.equal(requests, 1);
  assert.equal((await device.operationsToSend()).length, 1);
});

test("a choice then its comment are one answer that waits; a text taken back before it left is none", async () => {
  server.failures = Array(9).fill("before");
  const { outbox, state } = await open();
  await outbox.write("opinion", { sheet: "s", value: "adapt" }, "opinion:s");
  await settled();
  await outbox.write("opinion", { sheet: "s", comment: "Parce que" }, "opinion:s");
  const note = await outbox.write("note", { text: "Le bus" });
  await settled();
  await outbox.write("withdraw", { of: note }, `edit:${note}`);
  await settled();
  assert.equal(state().words, "En attente (1)");
});

test("what someone else left on a shared device is sent under her own key, and is not shown", async () => {
  server.failures = ["before"];
  const bob = await open({ participant: "p-bob", key: "key-bob" });
  await bob.outbox.write("note", { text: "De Bob" });
  await settled();
  mock.timers.reset();
  stopTime();
  const alice = await open();
  assert.deepEqual(server.batches.map(({ key, ops }) => [key, ops[0].text]), [["Bearer key-bob", "De Bob"]]);
  assert.deepEqual(alice.states.filter(state => state.waiting || state.words), []);
});

test("who listens to arrivals is given what has just arrived, of this participant only", async () => {
  const { outbox } = await open();
  const arrived = [];
  outbox.whenArrived(batch => arrived.push(...batch.map(op => op.body.text)));
  await outbox.write("note", { text: "Le bus" });
  await settled();
  assert.deepEqual(arrived, ["Le bus"]);
});
