// Draws the board of a table from the room as it is known. What has the focus keeps it; what is ticked stays ticked.
const templates = { note: document.getElementById("note-template"), family: document.getElementById("family-template") };
const kinds = new Map([...document.querySelectorAll("[data-kind-template]")].map(each => [each.dataset.kindTemplate, each]));
const plural = (count, word) => `${count} ${word}${count > 1 ? "s" : ""}`;
export const shown = (element, on) => { if (element.hidden === on) element.hidden = !on; };
export const put = (element, words) => { if (element.textContent !== words) element.textContent = words; };

// Children of `list` by key, in this order: kept, made, or taken away.
export function arrange(list, items, attribute, make, fill) {
  const known = new Map([...list.children].map(child => [child.getAttribute(attribute), child]));
  let place = list.firstElementChild;
  for (const item of items) {
    let child = known.get(item.reference);
    if (child) known.delete(item.reference);
    else child = make(item);
    if (child !== place) list.insertBefore(child, place);
    else place = place.nextElementSibling;
    fill(child, item);
  }
  for (const child of known.values()) child.remove();
}

export function makeNote(item) {
  const made = templates.note.content.firstElementChild.cloneNode(true);
  return named(made, "data-note", item.reference);
}
export function makeFamily(item) {
  const made = templates.family.content.firstElementChild.cloneNode(true);
  return named(made, "data-family", item.reference);
}
// A copy of a template, its ids and references made its own.
function named(made, attribute, reference) {
  made.setAttribute(attribute, reference);
  for (const each of [made, ...made.querySelectorAll("*")]) {
    for (const name of ["id", "for", "aria-labelledby", "data-dots"]) {
      const value = each.getAttribute(name);
      if (value !== null && (value.endsWith("-") || value === "")) each.setAttribute(name, value + reference);
    }
  }
  for (const field of made.querySelectorAll("[name=notes], [name=target]")) field.value = reference;
  return made;
}

// `extra`: { themes: code → name, doubles, dots: whether dots are placed now }.
export function fillNote(card, note, { themes, doubles, dots }) {
  card.className = `${card.dataset.base} note--${note.kind}`;
  fillKind(card, note.kind);
  put(card.querySelector("[data-text]"), note.text);
  const short = card.querySelector("[data-short]");
  if (short) put(short, note.text.slice(0, 60));
  shown(card.querySelector("[data-conclusion]"), note.conclusion);
  shown(card.querySelector("[data-phone]"), note.from_phone);
  shown(card.querySelector("[data-pending]"), Boolean(note.pending));
  shown(card.querySelector("[data-asks]"), note.waiting);
  const theme = card.querySelector("[data-theme]"), name = themes.size > 1 ? themes.get(note.theme) ?? "" : "";
  put(theme, name);
  shown(theme, Boolean(name));
  fillDots(card, note, dots);
  fillDoubles(card.querySelector("[data-same]"), doubles.get(note.reference) ?? []);
}

export function fillKind(card, code) {
  const kind = card.querySelector("[data-kind]");
  if (!kind.querySelector(`.kind--${code}`)) kind.replaceChildren(kinds.get(code).content.cloneNode(true));
}

export function fillFamily(section, family, extra) {
  put(section.querySelector("[data-title]"), family.title);
  for (const each of section.querySelectorAll("[data-named]")) put(each, family.title);
  shown(section.querySelector("[data-pending]"), Boolean(family.pending));
  const own = section.querySelector(":scope > [data-dots]");
  fillDots(section, family, extra.dots, own);
  arrange(section.querySelector("[data-notes]"), family.notes, "data-note", makeNote, (card, note) => fillNote(card, note, extra));
}

function fillDots(element, item, on, form = element.querySelector("[data-dots]")) {
  const total = element.querySelector("[data-total]");
  put(total, plural(item.dots, "gommette"));
  shown(total, item.dots > 0);
  if (!form) return;
  shown(form, on);
  const count = form.querySelector("[name=count]");
  if (document.activeElement !== count && count.value !== String(item.mine)) count.value = item.mine;
}

function fillDoubles(details, doubles) {
  shown(details, doubles.length > 0);
  put(details.querySelector("summary"), `${plural(doubles.length, "autre")} ${doubles.length > 1 ? "disent" : "dit"} la même chose`);
  const make = double => {
    const item = document.createElement("li"), part = document.createElement("button");
    item.dataset.double = double.reference;
    Object.assign(part, { type: "button", className: "link", textContent: "Séparer" });
    part.dataset.part = double.reference;
    item.append(Object.assign(document.createElement("span"), { dir: "auto" }), " ", part);
    return item;
  };
  arrange(details.querySelector("ul"), doubles, "data-double", make, (item, double) => put(item.firstChild, double.text));
}
