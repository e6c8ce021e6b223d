// Read into a page by layout.py. `faults(touch)` gives a line for each thing that stands badly.
const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]";
const FINGER = 44;

function describe(it) {
  const words = (it.innerText || it.value || it.getAttribute("aria-label") || "").trim().replace(/\s+/g, " ");
  return `<${it.tagName.toLowerCase()}${it.className && it.className.trim ? "." + it.className.trim().split(/\s+/).join(".") : ""}> « ${words.slice(0, 40)} »`;
}

// Whether someone who sees may see it: hidden things, and those kept for a screen reader, have no place.
function seen(it) {
  if (!it.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) return false;
  const box = it.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && !it.closest(".visually-hidden:not(:focus-within), .skip:not(:focus), [aria-hidden=true]");
}

// The nearest ancestor that scrolls sideways or cuts what goes past its side: what is in it is not out of the window.
function cut_by(it) {
  for (let up = it.parentElement; up && up !== document.documentElement && up !== document.body; up = up.parentElement) {
    if (getComputedStyle(up).overflowX !== "visible") return up;
  }
  return null;
}

function out_of_window() {
  const width = document.documentElement.clientWidth;
  const lines = [];
  if (document.documentElement.scrollWidth > width) {
    lines.push(`the page is ${document.documentElement.scrollWidth} px wide in a window of ${width}`);
  }
  for (const it of document.body.querySelectorAll("*")) {
    if (it.closest("svg") && it.tagName !== "svg") continue;
    const box = it.getBoundingClientRect();
    if ((box.right > width + 1 || box.left < -1) && seen(it) && !cut_by(it)) {
      lines.push(`${describe(it)} goes from ${Math.round(box.left)} to ${Math.round(box.right)} px in a window of ${width}`);
    }
  }
  return lines;
}

// A link among the words of a sentence has the height of its line (WCAG 2.5.8, inline exception).
function in_a_sentence(it) {
  if (it.tagName !== "A" || getComputedStyle(it).display !== "inline") return false;
  const block = it.closest("p, li, dd, td, th, figcaption, blockquote, caption, h1, h2, h3, div");
  return Boolean(block) && block.innerText.trim().length > it.innerText.trim().length + 3;
}

// A box to tick is pressed on its label too.
function target(it) {
  const boxes = [it, ...(it.labels ?? [])].map(one => one.getBoundingClientRect());
  return { width: Math.max(...boxes.map(box => box.right)) - Math.min(...boxes.map(box => box.left)),
    height: Math.max(...boxes.map(box => box.bottom)) - Math.min(...boxes.map(box => box.top)) };
}

function too_small() {
  return [...document.querySelectorAll(CONTROLS)].filter(it => seen(it) && !it.disabled && !in_a_sentence(it)).flatMap(it => {
    const { width, height } = target(it);
    return height < FINGER - 0.5 || width < 24
      ? [`${describe(it)} is ${Math.round(width)} × ${Math.round(height)} px under a finger`] : [];
  });
}

function covered() {
  return [...document.querySelectorAll(CONTROLS)].filter(it => seen(it) && !it.disabled).flatMap(it => {
    it.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const part = it.getClientRects()[0];
    const top = document.elementFromPoint(part.left + part.width / 2, part.top + part.height / 2);
    const own = [it, ...(it.labels ?? [])].some(one => top && (one.contains(top) || top.contains(it)));
    return own ? [] : [`${describe(it)} is covered by ${top ? describe(top) : "the side of the window"}`];
  });
}

function faults(touch) {
  const lines = [...out_of_window(), ...covered(), ...(touch ? too_small() : [])];
  window.scrollTo(0, 0);
  return lines;
}
