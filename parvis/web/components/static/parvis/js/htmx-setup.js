/* htmx: the csrf token on each request, focus on the errors of a refused form, a clear word when nothing came back. */
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") {
    event.detail.headers["X-CSRFToken"] = document.querySelector('meta[name="csrf-token"]').content;
  }
});

document.addEventListener("htmx:afterSettle", (event) => {
  const errors = event.detail.elt.querySelector?.("[data-errors]");
  if (errors) errors.focus();
});

/* The place for that word is made beforehand: a live region must exist before it speaks. */
const place = document.createElement("div");
place.setAttribute("role", "alert");
document.getElementById("contenu")?.prepend(place);

function say(text) {
  const notice = document.createElement("p");
  notice.className = "notice notice--danger";
  notice.textContent = text;
  place.replaceChildren(notice);
}

document.addEventListener("htmx:sendError", () => {
  say("La connexion est coupée : rien n'a été enregistré. Vérifiez le réseau, puis recommencez.");
});
document.addEventListener("htmx:timeout", () => {
  say("Le serveur met trop de temps à répondre. Attendez un instant, puis recommencez.");
});
document.addEventListener("htmx:responseError", (event) => {
  const refused = event.detail.xhr.status === 403;
  say(
    refused
      ? "Vous n'avez pas, ou plus, le droit de faire cela. Rechargez la page, puis connectez-vous à nouveau."
      : "L'action n'a pas abouti : rien n'a été enregistré. Rechargez la page, puis recommencez.",
  );
});
document.addEventListener("htmx:beforeSwap", () => place.replaceChildren());
