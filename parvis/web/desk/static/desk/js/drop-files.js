/* Files may be dropped anywhere on the form, not only on the control. */
const form = document.querySelector("[data-drop]");
const input = form.querySelector('input[type="file"]');

for (const name of ["dragenter", "dragover"]) {
  form.addEventListener(name, (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    form.classList.add("dropping");
  });
}
for (const name of ["dragleave", "drop"]) {
  form.addEventListener(name, (event) => {
    if (name === "drop" || !form.contains(event.relatedTarget)) form.classList.remove("dropping");
  });
}
form.addEventListener("drop", (event) => {
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  input.files = event.dataTransfer.files;
  input.focus();
});
