// Who is at the table: organisations and how many people, no name.
import { make } from "../../parvis/js/elements.js";
import { fold } from "../../parvis/js/fold.js";
import { arrange } from "./cards.js";
import { oneByOne } from "./one-by-one.js";
import { view } from "./room.js";
import { applyChange } from "./undo.js";

const form = document.querySelector("[data-heads-form]"), list = document.querySelector("[data-heads]");
const inTurn = oneByOne();

export function offerAttendance() {
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const organisation = form.elements.organisation.value.trim(), people = Number(form.elements.people.value);
    if (!organisation || !Number.isInteger(people) || people < 0 || people > 500) { form.reportValidity(); return; }
    await count(sameOrganisation(organisation), people);
    form.reset();
    form.elements.organisation.focus();
  });
  list.addEventListener("click", event => {
    const button = event.target.closest("[data-fewer], [data-one-more]");
    if (!button) return;
    const key = button.closest("[data-head]").dataset.head, step = "oneMore" in button.dataset ? 1 : -1;
    inTurn(() => {
      const { organisation, people } = view().heads.get(key);
      return count(organisation, Math.max(0, people + step));
    });
  });
}

function count(organisation, people) { return applyChange([{ kind: "attendance", body: { organisation, people } }]); }

// The same organisation written otherwise is the same line.
function sameOrganisation(name) { return view().heads.get(fold(name))?.organisation ?? name; }

export function showAttendance(heads) {
  for (const child of [...list.children]) if (!child.dataset.head) child.remove();
  arrange(list, heads.map(head => ({ ...head, reference: fold(head.organisation) })), "data-head", makeLine, fillLine);
}

function makeLine({ reference }) {
  const button = (sign, attribute) => make("button", { type: "button", className: "button button--icon button--small", [attribute]: "" }, sign);
  return make("li", { className: "row", "data-head": reference },
    make("div", { className: "row__body" }, make("p", { dir: "auto" })),
    make("div", { className: "row__aside number cluster cluster--tight" }, button("−", "data-fewer"), make("output"), button("+", "data-one-more")));
}

function fillLine(line, { organisation, people }) {
  line.querySelector("p").textContent = organisation;
  line.querySelector("output").textContent = people;
  line.querySelector("[data-fewer]").setAttribute("aria-label", `${organisation} : une personne de moins`);
  line.querySelector("[data-one-more]").setAttribute("aria-label", `${organisation} : une personne de plus`);
}
