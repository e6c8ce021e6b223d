/* Opens a <dialog> from any control that names it: <a href="/signaler/…" data-dialog="id">.
   Without this module the link leads to a page that does the same. Closing is native: <form method="dialog">. */
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (dialog?.showModal) {
      event.preventDefault();
      dialog.showModal();
    }
    return;
  }
  if (event.target.matches("dialog[open][data-light]")) event.target.close();
});

/* An open menu (<details class="menu">) closes on Escape and on a click elsewhere. */
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
