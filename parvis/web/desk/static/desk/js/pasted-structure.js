/* What is pasted keeps its headings and lists. Dropping files is drop-files.js. */
const form = document.querySelector("[data-drop]");

/* A text area keeps words only. The structure that Word or a page puts beside them travels in a hidden field, as long as
   the words are those that were pasted: whoever corrects them by hand is read as she wrote. */
const text = form.querySelector("textarea");
const rich = form.querySelector('input[name="rich"]');
const structureNotice = form.querySelector("[data-rich]");
const STRUCTURE = /<(li|h[1-6]|td|b|strong)\b|mso-list/i;
let pasted = rich.value ? text.value : "";

function keep(html) {
  rich.value = html;
  structureNotice.hidden = !html;
}

keep(rich.value);
text.addEventListener("paste", (event) => {
  const html = event.clipboardData.getData("text/html");
  const whole = text.selectionStart === 0 && text.selectionEnd === text.value.length;
  if (!whole || !STRUCTURE.test(html)) return;
  setTimeout(() => {
    pasted = text.value;
    keep(html);
  });
});
text.addEventListener("input", () => {
  if (rich.value && text.value !== pasted) keep("");
});
