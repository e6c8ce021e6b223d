/* Read into a page by layout.py. `faults(touch)` gives a line for each thing that stands badly; `lengthen(word)` puts
   a word before each text that someone may have written. */
/* exported faults, lengthen, emptyHeadings */
const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]";
const FINGER = 44;

function describe(element) {
  const words = (element.innerText || element.value || element.getAttribute("aria-label") || "").trim().replace(/\s+/g, " ");
  return `<${element.tagName.toLowerCase()}${element.className && element.className.trim ? "." + element.className.trim().split(/\s+/).join(".") : ""}> « ${words.slice(0, 40)} »`;
}

// Whether someone who sees may see it: hidden things, and those kept for a screen reader, have no place.
function seen(element) {
  if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) return false;
  const box = element.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && !element.closest(".visually-hidden:not(:focus-within), .skip:not(:focus), [aria-hidden=true]");
}

// The nearest ancestor that scrolls sideways or cuts what goes past its side: what it holds is not out of the window.
function cutBy(element) {
  for (let up = element.parentElement; up && up !== document.documentElement && up !== document.body; up = up.parentElement) {
    if (getComputedStyle(up).overflowX !== "visible") return up;
  }
  return null;
}

function outOfWindow() {
  const width = document.documentElement.clientWidth;
  const lines = [];
  if (document.documentElement.scrollWidth > width) {
    lines.push(`the page is ${document.documentElement.scrollWidth} px wide in a window of ${width}`);
  }
  for (const element of document.body.querySelectorAll("*")) {
    if (element.closest("svg") && element.tagName !== "svg") continue;
    const box = element.getBoundingClientRect();
    if ((box.right > width + 1 || box.left < -1) && seen(element) && !cutBy(element)) {
      lines.push(`${describe(element)} goes from ${Math.round(box.left)} to ${Math.round(box.right)} px in a window of ${width}`);
    }
  }
  return lines;
}

// A link among the words of a sentence has the height of its line (WCAG 2.5.8, inline exception).
function inASentence(element) {
  if (element.tagName !== "A" || getComputedStyle(element).display !== "inline") return false;
  const block = element.closest("p, li, dd, td, th, figcaption, blockquote, caption, h1, h2, h3, div");
  return Boolean(block) && block.innerText.trim().length > element.innerText.trim().length + 3;
}

// A box to tick is pressed on its label too.
function target(element) {
  const boxes = [element, ...(element.labels ?? [])].map(one => one.getBoundingClientRect());
  return { width: Math.max(...boxes.map(box => box.right)) - Math.min(...boxes.map(box => box.left)),
    height: Math.max(...boxes.map(box => box.bottom)) - Math.min(...boxes.map(box => box.top)) };
}

function tooSmall() {
  return [...document.querySelectorAll(CONTROLS)].filter(element => seen(element) && !element.disabled && !inASentence(element)).flatMap(element => {
    const { width, height } = target(element);
    return height < FINGER - 0.5 || width < 24
      ? [`${describe(element)} is ${Math.round(width)} × ${Math.round(height)} px under a finger`] : [];
  });
}

function covered() {
  return [...document.querySelectorAll(CONTROLS)].filter(element => seen(element) && !element.disabled).flatMap(element => {
    element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const part = element.getClientRects()[0];
    const top = document.elementFromPoint(part.left + part.width / 2, part.top + part.height / 2);
    const own = [element, ...(element.labels ?? [])].some(one => top && (one.contains(top) || top.contains(element)));
    return own ? [] : [`${describe(element)} is covered by ${top ? describe(top) : "the side of the window"}`];
  });
}

function faults(touch) {
  const lines = [...outOfWindow(), ...covered(), ...(touch ? tooSmall() : [])];
  window.scrollTo(0, 0);
  return lines;
}

// Headings, those that are links left out, under which nothing stands before the next heading of their level, as the page is shown now.
function emptyHeadings() {
  const shown = [...document.querySelectorAll("main *")].filter(element => element.checkVisibility());
  const level = element => (/^H[1-6]$/.test(element.tagName) ? Number(element.tagName[1]) : 0);
  return shown.filter(element => level(element) > 1 && !element.querySelector("a")).filter(heading => {
    const after = shown.slice(shown.indexOf(heading) + 1).filter(element => !heading.contains(element));
    const next = after.findIndex(element => level(element) && level(element) <= level(heading));
    const words = after.slice(0, next < 0 ? after.length : next).filter(element => !element.matches(":is(h1, h2, h3, h4, h5, h6), :has(h1, h2, h3, h4, h5, h6)"));
    return !words.some(element => element.innerText?.trim() || element.matches("img, svg, input, textarea, select"));
  }).map(describe);
}

const OURS = "button, label, legend, summary, option, nav, script, style, svg, time, .no-break, .number, .num";

function lengthen(word) {
  const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walk.nextNode()) texts.push(walk.currentNode);
  for (const text of texts) {
    if (text.data.trim().length >= 3 && !text.parentElement.closest(OURS)) text.data = `${word} ${text.data}`;
  }
}
