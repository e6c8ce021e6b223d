// Elements built without ever reading text as markup.

// `properties` by their DOM names; `role`, `data-*` and `aria-*` as they are written in a page. Children: elements or text.
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children);
  return element;
}

// Tells in `element` where the sending stands, as the outbox tells it; a screen reader hears only what changes.
export function showState(element, { level, words }) {
  element.dataset.level = level;
  if (element.textContent !== words) element.textContent = words;
}
