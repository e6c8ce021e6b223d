/* The list: which line is current, which are chosen. The checkbox of a line is what bears the focus. */
export class LineList {
  constructor(list, status) {
    this.list = list;
    this.status = status;
    this.code = "";
    this.onCurrent = () => {};
    list.addEventListener("focusin", (event) => this.makeCurrent(event.target.closest(".line")));
    list.addEventListener("change", () => this.showStatus());
    list.addEventListener("click", (event) => this.click(event));
  }

  get all() {
    return [...this.list.children];
  }

  get current() {
    return document.getElementById(`l-${this.code}`) ?? this.list.firstElementChild;
  }

  get chosen() {
    return this.all.filter((line) => box(line).checked);
  }

  /* What a change bears on: the chosen lines, else the current one. */
  get targets() {
    const chosen = this.chosen;
    return (chosen.length || !this.current ? chosen : [this.current]).map((line) => line.dataset.code);
  }

  start(code) {
    for (const line of this.all) setReachable(line, false);
    if (code) this.focus(code);
    else if (this.current) setReachable(this.current, true);
    this.showStatus();
  }

  makeCurrent(line) {
    if (!line || line.dataset.code === this.code) return;
    const former = document.getElementById(`l-${this.code}`);
    if (former) {
      former.classList.remove("line--current");
      setReachable(former, false);
    } else if (this.list.firstElementChild) {
      setReachable(this.list.firstElementChild, false);
    }
    this.code = line.dataset.code;
    line.classList.add("line--current");
    setReachable(line, true);
    this.onCurrent(line);
    this.showStatus();
  }

  focus(code = this.code) {
    const line = document.getElementById(`l-${code}`) ?? this.current;
    if (!line) return;
    this.makeCurrent(line);
    box(line).focus({ preventScroll: true });
    line.scrollIntoView({ block: "nearest" });
  }

  step(by, choose) {
    const all = this.all;
    const here = all.indexOf(this.current);
    const next = all[here + by];
    if (!next) return;
    if (choose) {
      box(all[here]).checked = true;
      box(next).checked = true;
    }
    this.focus(next.dataset.code);
    this.showStatus();
  }

  edge(last) {
    const line = last ? this.list.lastElementChild : this.list.firstElementChild;
    if (line) this.focus(line.dataset.code);
  }

  nextDoubt() {
    const all = this.all;
    const here = document.getElementById(`l-${this.code}`) ? all.indexOf(this.current) : -1;
    const doubts = [...all.slice(here + 1), ...all.slice(0, here + 1)].filter((line) => line.matches(".line--doubt"));
    if (doubts.length) this.focus(doubts[0].dataset.code);
    return doubts.length > 0;
  }

  toggle() {
    const control = box(this.current);
    control.checked = !control.checked;
    this.anchor = this.code;
    this.showStatus();
  }

  /* All the lines that raise the same doubt, numbers aside: one change then answers them all. */
  chooseAlike() {
    const doubt = doubtOf(this.current);
    if (doubt) this.choose(this.all.filter((line) => doubtOf(line) === doubt).map((line) => line.dataset.code));
  }

  clear() {
    for (const line of this.chosen) box(line).checked = false;
    this.showStatus();
  }

  choose(codes) {
    for (const code of codes) {
      const line = document.getElementById(`l-${code}`);
      if (line) box(line).checked = true;
    }
    this.showStatus();
  }

  /* A click on a box chooses it; with Shift, all from the last one. A click on the words makes the line current. */
  click(event) {
    const line = event.target.closest(".line");
    if (!line || event.target.closest("a, button, form")) return;
    if (event.target.type !== "checkbox") {
      if (!String(getSelection())) this.focus(line.dataset.code);
      return;
    }
    const all = this.all;
    const from = all.findIndex((other) => other.dataset.code === this.anchor);
    if (event.shiftKey && from >= 0) {
      const [first, last] = [from, all.indexOf(line)].sort((one, other) => one - other);
      for (const between of all.slice(first, last + 1)) box(between).checked = event.target.checked;
    }
    this.anchor = line.dataset.code;
    this.showStatus();
  }

  showStatus() {
    if (!this.status) return;
    const count = this.chosen.length;
    const here = this.current?.querySelector(".line__text")?.innerText.trim() ?? "";
    if (count > 1) this.status.textContent = `${count} lignes choisies`;
    else if (count || (this.code && here)) this.status.textContent = `Ligne : ${here.slice(0, 60)}${here.length > 60 ? "…" : ""}`;
    else this.status.textContent = "Choisissez une ligne, ou cochez-en plusieurs.";
  }
}

function doubtOf(line) {
  return line?.querySelector(".line__doubt")?.textContent.replace(/\d+/g, "0").trim();
}

function box(line) {
  return line.querySelector('input[name="lines"]');
}

/* Only the current line is on the way of the Tab key; the arrows lead to the others. */
export function setReachable(line, yes) {
  for (const control of line.querySelectorAll('input[name="lines"], .line__tools a')) control.tabIndex = yes ? 0 : -1;
}
