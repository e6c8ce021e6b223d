/* htmx: the csrf token on each request, focus on the errors of a refused form, a clear alert when nothing came back. */
import { make } from "./elements.js";

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") {
    event.detail.headers["X-CSRFToken"] = document.querySelector('meta[name="csrf-token"]').content;
  }
});

document.addEventListener("htmx:afterSettle", (event) => {
  const errors = event.detail.elt.querySelector?.("[data-errors]");
  if (errors) errors.focus();
});

/* The place for that alert is made beforehand: a live region must exist before it speaks. */
const alertPlace = make("div", { role: "alert" });
document.getElementById("contenu")?.prepend(alertPlace);

function showAlert(text) {
  alertPlace.replaceChildren(make("p", { className: "notice notice--danger" }, text));
}

document.addEventListener("htmx:sendError", () => {
  showAlert("La connexion est coupée : rien n'a été enregistré. Vérifiez le réseau, puis recommencez.");
});
document.addEventListener("htmx:timeout", () => {
  showAlert("Le serveur met trop de temps à répondre. Attendez un instant, puis recommencez.");
});
document.addEventListener("htmx:responseError", (event) => {
  const sentences = {
    403: "Vous n'avez pas, ou plus, le droit de faire cela. Rechargez la page, puis connectez-vous à nouveau.",
    503: "Le site ne peut pas répondre en ce moment : rien n'a été enregistré. Attendez un instant, puis recommencez.",
  };
  showAlert(
    sentences[event.detail.xhr.status] ?? "L'action n'a pas abouti : rien n'a été enregistré. Rechargez la page, puis recommencez.",
  );
});
document.addEventListener("htmx:beforeSwap", () => alertPlace.replaceChildren());
