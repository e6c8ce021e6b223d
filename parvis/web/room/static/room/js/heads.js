// Who is at the table: organisations and how many people, no name.
import { act } from "./doing.js";
import { fold } from "../../parvis/js/fold.js";
import { view } from "./room.js";
import { arrange } from "./cards.js";

const form = document.querySelector("[data-heads-form]"), list = document.querySelector("[data-heads]");

export function offerHeads() {
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const organisation = form.elements.organisation.value.trim(), people = Number(form.elements.people.value);
    if (!organisation || !Number.isInteger(people) || people < 0 || people > 500) { form.reportValidity(); return; }
    await act([{ kind: "attendance", body: { organisation: known(organisation), people } }]);
    form.reset();
    form.elements.organisation.focus();
  });
  list.addEventListener("click", event => {
    const button = event.target.closest("[data-fewer], [data-one-more]");
    if (!button) return;
    const { organisation, people } = view().heads.get(button.closest("[data-head]").dataset.head);
    act([{ kind: "attendance", body: { organisation, people: Math.max(0, people + ("oneMore" in button.dataset ? 1 : -1)) } }]);
  });
}
// The same organisation written otherwise is the same line.
function known(name) { return view().heads.get(fold(name))?.organisation ?? name; }

export function fillHeads(heads) {
  for (const child of [...list.children]) if (!child.dataset.head) child.remove();
  arrange(list, heads.map(head => ({ ...head, reference: fold(head.organisation) })), "data-head", make, (item, head) => {
    item.querySelector("p").textContent = head.organisation;
    item.querySelector("output").textContent = head.people;
    item.querySelector("[data-fewer]").setAttribute("aria-label", `${head.organisation} : une personne de moins`);
    item.querySelector("[data-one-more]").setAttribute("aria-label", `${head.organisation} : une personne de plus`);
  });
}

function make({ reference }) {
  const item = document.createElement("li"), body = document.createElement("div"), aside = document.createElement("div");
  item.className = "row";
  item.dataset.head = reference;
  body.className = "row__body";
  body.append(Object.assign(document.createElement("p"), { dir: "auto" }));
  aside.className = "row__aside number cluster cluster--tight";
  const button = (sign, name) => { const made = Object.assign(document.createElement("button"), { type: "button", className: "button button--icon button--small", textContent: sign }); made.dataset[name] = ""; return made; };
  aside.append(button("−", "fewer"), document.createElement("output"), button("+", "oneMore"));
  item.append(body, aside);
  return item;
}
