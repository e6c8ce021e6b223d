/* Sends changes of the report one after the other: each waits for the answer to the one before, so that its version is right. */
import { setReachable } from "./line-list.js";
import { editorInTheWay } from "./line-editor.js";

const WHOLE_TEXT = ["theme:meeting", "undo", "undo-all", "redo"];  // of no line in particular

export class ChangeQueue {
  constructor(root, lines) {
    this.address = root.dataset.geste;
    this.lines = lines;
    this.last = Promise.resolve();
  }

  get version() {
    return document.querySelector('#etat input[name="version"]').value;
  }

  request(gesture, more = {}, { keepChosen = false } = {}) {
    if (editorInTheWay()) return this.last;
    const codes = WHOLE_TEXT.includes(gesture) ? [] : more.lines ?? this.lines.targets;
    return this.send(this.address, { ...more, gesture, lines: codes }, { keepChosen });
  }

  send(address, values, { keepChosen = false } = {}) {
    const focusedCode = this.lines.code;
    this.last = this.last.then(async () => {
      const place = this.lines.all.indexOf(this.lines.current);
      const { list } = this.lines;
      const shown = { page: list.dataset.page, ...(list.matches("[data-filtered]") ? { doutes: "1" } : {}) };
      await window.htmx
        .ajax("POST", address, {
          source: "#etat",
          target: "#etat",
          swap: "innerHTML",
          values: { version: this.version, ...values, ...shown },
        })
        .catch(() => {});
      if (document.querySelector("#etat .notice--danger")) return;
      const yes = document.querySelector("#etat [data-asking] button");
      if (yes) { yes.focus(); return; }
      this.settle(focusedCode, place, keepChosen ? values.lines : []);
    });
    return this.last;
  }

  /* The focus stays on the same line; when it is gone, on the one that took its place. */
  settle(code, place, chosen) {
    const { lines } = this;
    for (const line of lines.all) setReachable(line, false);
    lines.clear();
    if (chosen.length > 1) lines.choose(chosen);
    const line = document.getElementById(`l-${code}`) ?? lines.all[Math.min(place, lines.all.length - 1)];
    lines.code = "";
    if (line) lines.focus(line.dataset.code);
  }
}
