// Draws the board of a table from the room as it is known. What has the focus keeps it; what is ticked stays ticked.
import { make } from "../../parvis/js/elements.js";

const templates = { note: document.getElementById("note-template"), family: document.getElementById("family-template") };
const kinds = new Map([...document.querySelectorAll("[data-kind-template]")].map(template => [template.dataset.kindTemplate, template]));
const plural = (count, word) => `${count} ${word}${count > 1 ? "s" : ""}`;

// Shown, or its text changed, only where it differs: what does not change is not read aloud again.
export function setShown(element, shown) { if (element.hidden === shown) element.hidden = !shown; }
export function setText(element, text) { if (element.textContent !== text) element.textContent = text; }

// Children of `list` by key, in this order: kept, made, or taken away.
export function arrange(list, items, attribute, makeChild, fill) {
  const known = new Map([...list.children].map(child => [child.getAttribute(attribute), child]));
  let place = list.firstElementChild;
  for (const item of items) {
    let child = known.get(item.reference);
    if (child) known.delete(item.reference);
    else child = makeChild(item);
    if (child !== place) list.insertBefore(child, place);
    else place = place.nextElementSibling;
    fill(child, item);
  }
  for (const child of known.values()) child.remove();
}

export function makeNote(item) {
  return named(templates.note.content.firstElementChild.cloneNode(true), "data-note", item.reference);
}
export function makeFamily(item) {
  return named(templates.family.content.firstElementChild.cloneNode(true), "data-family", item.reference);
}
// A copy of a template, its ids and references made its own.
function named(copy, attribute, reference) {
  copy.setAttribute(attribute, reference);
  for (const element of [copy, ...copy.querySelectorAll("*")]) {
    for (const name of ["id", "for", "aria-labelledby", "data-dots"]) {
      const value = element.getAttribute(name);
      if (value !== null && (value.endsWith("-") || value === "")) element.setAttribute(name, value + reference);
    }
  }
  for (const field of copy.querySelectorAll("[name=notes], [name=target]")) field.value = reference;
  return copy;
}

// `extra`: { themes: code → name, doubles, dots: whether dots are placed now }.
export function fillNote(card, note, { themes, doubles, dots }) {
  card.className = `${card.dataset.base} note--${note.kind}`;
  fillKind(card, note.kind);
  setText(card.querySelector("[data-text]"), note.text);
  const short = card.querySelector("[data-short]");
  if (short) setText(short, note.text.slice(0, 60));
  setShown(card.querySelector("[data-conclusion]"), note.conclusion);
  setShown(card.querySelector("[data-phone]"), note.from_phone);
  setShown(card.querySelector("[data-pending]"), Boolean(note.pending));
  setShown(card.querySelector("[data-asks]"), note.waiting);
  const theme = card.querySelector("[data-theme]"), name = themes.size > 1 ? themes.get(note.theme) ?? "" : "";
  setText(theme, name);
  setShown(theme, Boolean(name));
  fillDots(card, note, dots);
  fillDoubles(card.querySelector("[data-same]"), doubles.get(note.reference) ?? []);
}

export function fillKind(card, code) {
  const kind = card.querySelector("[data-kind]");
  if (!kind.querySelector(`.kind--${code}`)) kind.replaceChildren(kinds.get(code).content.cloneNode(true));
}

export function fillFamily(section, family, extra) {
  setText(section.querySelector("[data-title]"), family.title);
  for (const label of section.querySelectorAll("[data-named]")) setText(label, family.title);
  setShown(section.querySelector("[data-pending]"), Boolean(family.pending));
  const own = section.querySelector(":scope > [data-dots]");
  fillDots(section, family, extra.dots, own);
  arrange(section.querySelector("[data-notes]"), family.notes, "data-note", makeNote, (card, note) => fillNote(card, note, extra));
}

function fillDots(element, item, open, form = element.querySelector("[data-dots]")) {
  const total = element.querySelector("[data-total]");
  setText(total, plural(item.dots, "gommette"));
  setShown(total, item.dots > 0);
  if (!form) return;
  setShown(form, open);
  const count = form.querySelector("[name=count]");
  if (document.activeElement !== count && count.value !== String(item.mine)) count.value = item.mine;
}

function makeDouble({ reference }) {
  return make("li", { "data-double": reference }, make("span", { dir: "auto" }), " ",
    make("button", { type: "button", className: "link", "data-part": reference }, "Séparer"));
}

function fillDoubles(details, doubles) {
  setShown(details, doubles.length > 0);
  setText(details.querySelector("summary"), `${plural(doubles.length, "autre")} ${doubles.length > 1 ? "disent" : "dit"} la même chose`);
  arrange(details.querySelector("ul"), doubles, "data-double", makeDouble, (line, { text }) => setText(line.firstChild, text));
}
