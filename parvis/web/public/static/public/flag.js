/* One dialog serves every « Signaler » link of a page: it sends to where the link leads. */
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[data-dialog="signaler"]');
  const form = document.querySelector("#signaler form[method='post']");
  if (link && form) form.action = link.href;
}, true);
