// What is typed in a form of the desk is kept on this device until the server says that it has it, and offered again: after
// a reload, a crash, a session that ended. To its author alone; it goes when she signs out, when another agent comes, and
// after a week.
import { make } from "../../parvis/js/elements.js";
import { meta } from "../../parvis/js/page-meta.js";
import { draftsFor, drop, dropAll, dropOldAndOthers, dropSaved, keep, markSignedOut } from "./draft-store.js";
import { isLong, putBack, sameTyped, valuesOf } from "./form-values.js";

const PAUSE_MS = 400;
const BACK = "Votre session s'était terminée : ce que vous aviez écrit est revenu. Rien n'est encore enregistré.";
const TAKEN = "Votre brouillon est revenu dans le formulaire. Rien n'est encore enregistré.";
const NOT_KEPT = "Cet appareil ne garde plus de brouillon (navigation privée, ou mémoire pleine) : enregistrez sans attendre.";
const agent = meta("agent");  // none on the sign-in pages
const visits = new Map();  // form → what is being typed in it
let leaving = false;

const newName = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), byte => byte.toString(16).padStart(2, "0")).join("");
const placeOf = form => `${location.pathname} ${form.getAttribute("action") ?? ""}`;
const timeOf = at => new Date(at).toLocaleString("fr-FR", { dateStyle: "long", timeStyle: "short" });

function watch(form) {
  if (visits.has(form) || form.method !== "post" || "withoutDraft" in form.dataset || !isLong(form)) return;
  const visit = { name: newName(), agent, place: placeOf(form), before: valuesOf(form), pause: 0 };
  visits.set(form, visit);
  for (const draft of draftsFor(agent, visit.place)) {
    if (sameTyped(draft.values, visit.before) || (meta("posted") && draft.sent)) visit.name = draft.name;  // it stands in the page
    else if (draft.signedOut) giveBack(form, draft, BACK);
    else offer(form, draft);
  }
  form.addEventListener("input", () => keepSoon(form));
  form.addEventListener("change", () => keepSoon(form));
}

const isChanged = (form, visit) => form.isConnected && !sameTyped(valuesOf(form), visit.before);

function keepSoon(form) {
  const visit = visits.get(form);
  clearTimeout(visit.pause);
  visit.pause = setTimeout(() => keepNow(form), PAUSE_MS);
}

function keepNow(form, sent = false) {
  const visit = visits.get(form), { name, place } = visit;
  clearTimeout(visit.pause);
  if (!isChanged(form, visit) && !sent) { drop(visit); return; }
  if (keep({ name, agent, place, at: Date.now(), values: valuesOf(form), sent })) return;
  if (!form.querySelector("[data-not-kept]")) {
    form.prepend(make("p", { className: "notice notice--danger", role: "alert", "data-not-kept": "" }, NOT_KEPT));
  }
}

function noticeIn(form, ...parts) {
  const notice = make("div", { className: "notice notice--waiting", role: "status" }, make("div", { className: "notice__body" }, ...parts));
  form.prepend(notice);
  return notice;
}

// The form is then hers again, under the same name: saved, or taken again after another crash.
function giveBack(form, draft, words) {
  const visit = visits.get(form);
  visit.name = draft.name;
  putBack(form, draft.values);
  keepNow(form);
  noticeIn(form, make("p", {}, words));
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function offer(form, draft) {
  const take = make("button", { type: "button", className: "button button--small" }, "Le reprendre");
  const leave = make("button", { type: "button", className: "button button--small button--quiet" }, "L'effacer");
  const notice = noticeIn(
    form, make("p", {}, `Un brouillon de ce formulaire, du ${timeOf(draft.at)}, est gardé sur cet appareil.`),
    make("p", { className: "cluster cluster--tight" }, take, leave),
  );
  take.addEventListener("click", () => {
    notice.remove();
    giveBack(form, draft, TAKEN);
    form.querySelector("textarea, input:not([type=hidden])")?.focus();
  });
  leave.addEventListener("click", () => { drop(draft); notice.remove(); });
}

// Its name goes with the form: the next page says which have been saved.
function send(event) {
  const form = event.target, visit = visits.get(form);
  if ("signOut" in form.dataset) dropAll();
  if (event.defaultPrevented || !visit) return;
  leaving = true;
  keepNow(form, true);
  form.querySelector("input[name=draft]")?.remove();
  form.append(make("input", { type: "hidden", name: "draft", value: visit.name }));
}

function keepAll() { for (const [form, visit] of visits) if (!leaving && isChanged(form, visit)) keepNow(form); }

dropSaved(meta("saved").split(" "));
dropOldAndOthers(agent);
document.addEventListener("submit", send);
if (!agent) markSignedOut();
else {
  for (const form of document.forms) watch(form);
  document.addEventListener("htmx:load", event => event.target.querySelectorAll?.("form").forEach(watch));
  document.addEventListener("htmx:afterRequest", ({ detail }) => {  // a form saved in its place
    if (!detail.successful) return;
    for (const [form, visit] of visits) {
      if (form.getAttribute("action") !== detail.pathInfo?.requestPath) continue;
      clearTimeout(visit.pause);
      drop(visit);
      visits.delete(form);
    }
  });
  addEventListener("pagehide", keepAll);
  addEventListener("pageshow", () => { leaving = false; });
  document.addEventListener("visibilitychange", keepAll);
  addEventListener("beforeunload", event => {
    if (!leaving && [...visits].some(([form, visit]) => isChanged(form, visit))) event.preventDefault();
  });
}
