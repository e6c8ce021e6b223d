/* The words of a line are corrected in place; what is typed is never dropped without a word. */

export async function openEditor(line, cutting = false) {
  const link = line?.querySelector("[data-edit]");
  if (!link || editorInTheWay()) return;
  await window.htmx.ajax("GET", link.href, { target: `#e-${line.dataset.code}`, swap: "innerHTML" });
  const text = line.querySelector("[data-editor] textarea");
  if (!text) return;
  text.dataset.before = text.value;
  text.focus();
  const place = cutting ? 0 : text.value.length;
  text.setSelectionRange(place, place);
}

function openForm() {
  return document.querySelector("[data-review] [data-editor]");
}

function isChanged(form) {
  return [...form.querySelectorAll("textarea")].some((field) => field.value !== field.defaultValue);
}

/* An editor left as it was closes; one that holds new words keeps its place, and the focus goes to it. */
export function editorInTheWay() {
  const form = openForm();
  if (!form) return false;
  if (!isChanged(form)) {
    form.remove();
    return false;
  }
  form.querySelector("textarea").focus();
  form.classList.add("editor--waiting");
  return true;
}

export function watchEditors(changes, lines) {
  lines.list.addEventListener("click", (event) => {
    const edit = event.target.closest("[data-edit]");
    if (edit && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      openEditor(edit.closest(".line"));
    }
    const close = event.target.closest("[data-close]");
    if (close) {
      event.preventDefault();
      closeEditor(close.closest("[data-editor]"), lines);
    }
  });
  lines.list.addEventListener("keydown", (event) => {
    const form = event.target.closest("[data-editor]");
    if (!form) return;
    const saveButton = form.querySelector("button:not([name])");
    const cutButton = form.querySelector('button[name="couper"]');
    if (event.key === "Escape") closeEditor(form, lines);
    else if (event.key === "Enter" && event.altKey) form.requestSubmit(cutButton);
    else if (event.key === "Enter" && (event.ctrlKey || (event.target.name === "text" && !event.shiftKey))) form.requestSubmit(saveButton);
    else return;
    event.preventDefault();
  });
  lines.list.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-editor]");
    if (!form) return;
    event.preventDefault();
    save(form, event.submitter, changes);
  });
  window.addEventListener("beforeunload", (event) => {
    if (openForm() && isChanged(openForm())) event.preventDefault();
  });
}

async function save(form, submitter, changes) {
  const data = Object.fromEntries(new FormData(form, submitter));
  delete data.csrfmiddlewaretoken;
  if (data.couper) data.offset = form.elements.text.selectionStart;
  const chosen = Number(data.version) > Number(changes.version);
  if (!chosen) data.version = changes.version;
  await changes.send(form.action, data);
  // Saved over someone else's words, knowingly: the rest of the page is older than the text.
  if (chosen && !document.querySelector("[data-editor]")) location.reload();
}

function closeEditor(form, lines) {
  form.remove();
  lines.focus();
}
