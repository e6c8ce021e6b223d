// `POST /api/v1/outbox` as a device sees it: each operation applied once, and a network that fails as told.
export class OutboxServer {
  constructor({ clock = 0 } = {}) {
    this.clock = clock;
    this.applied = new Map();  // op_id → operation
    this.batches = [];
    this.failures = [];  // one for each of the next requests: "before", "after", "middle", a status, or undefined
    this.verdicts = {};  // kind → { status, detail }
    this.fetch = (address, options) => this.receive(address, options);
  }

  get sent() { return this.batches.flatMap(({ ops }) => ops); }

  async receive(address, { body, headers }) {
    const failure = this.failures.shift();
    if (failure === "before") throw new TypeError("Failed to fetch");
    const { device, ops } = JSON.parse(body);
    this.batches.push({ address, device, key: headers.authorization, ops });
    if (typeof failure === "number") return { status: failure, ok: false, json: async () => ({ detail: "no" }) };
    const results = ops.map(op => this.apply(op));
    if (failure === "after") throw new TypeError("Failed to fetch");
    const answer = { clock: this.clock, results };
    return { status: 200, ok: true, json: async () => { if (failure === "middle") throw new SyntaxError("cut"); return answer; } };
  }

  apply(op) {
    const { op_id, seq, kind } = op, known = this.applied.get(op_id);
    if (known) {
      const same = JSON.stringify(known) === JSON.stringify(op);
      return same ? { op_id, status: "duplicate", detail: "" } : { op_id, status: "conflict", detail: "Autre contenu." };
    }
    if (seq > this.clock + 100_000) return { op_id, status: "rejected", detail: "Trop loin.", clock: this.clock };
    this.clock = Math.max(this.clock, seq);
    const verdict = this.verdicts[kind] ?? { status: "applied", detail: "" };
    if (verdict.status !== "rejected") this.applied.set(op_id, op);
    return { op_id, ...verdict };
  }
}
