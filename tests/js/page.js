// A page opened in a browser of its own: what the scripts find around them, one page at a time.
import { mock } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { Window } from "happy-dom";
import { fileServedAs } from "./served.js";

// Given by happy-dom's window to the scripts, which read them as globals.
const FROM_WINDOW = [
  "document", "CSS", "DOMParser", "FormData", "RadioNodeList", "Option", "getSelection", "matchMedia", "history",
  "Event", "KeyboardEvent", "SubmitEvent", "MouseEvent",
];
let opened = 0;

function define(name, value) { Object.defineProperty(globalThis, name, { value, configurable: true, writable: true }); }

// Opens `html` at `path`. `meta`: the `parvis-*` of the page's head. `fetch`: the server, as the scripts see it.
export function openPage({ html = "", path = "/", meta = {}, fetch = noNetwork, htmx } = {}) {
  const window = new Window({ url: `https://parvis.test${path}`, settings: { navigation: { disableMainFrameNavigation: true } } });
  const head = Object.entries(meta).map(([name, content]) => `<meta name="parvis-${name}" content="${content}">`);
  window.document.write(`<!doctype html><html><head>${head.join("")}</head><body><main id="contenu">${html}</main></body></html>`);
  for (const name of FROM_WINDOW) define(name, typeof window[name] === "function" && !/^[A-Z]/.test(name) ? window[name].bind(window) : window[name]);
  letRadiosBeSet(window);
  const assigned = [], reloads = { count: 0 };
  const location = {
    href: window.location.href, pathname: window.location.pathname, origin: window.location.origin, hash: window.location.hash,
    assign: href => assigned.push(href), reload: () => { reloads.count += 1; }, toString: () => window.location.href,
  };
  define("location", location);
  define("navigator", { onLine: true });
  define("self", window);
  define("window", window);
  define("addEventListener", window.addEventListener.bind(window));
  define("fetch", fetch);
  window.htmx = htmx;
  const page = (opened += 1);
  return {
    window, document: window.document, assigned, reloads,
    load: script => import(`${fileServedAs(script).href}?page=${page}`),
    one: selector => window.document.querySelector(selector),
  };
}

// happy-dom reads the value of a group of radios, and does not set it.
function letRadiosBeSet({ RadioNodeList }) {
  const { get } = Object.getOwnPropertyDescriptor(RadioNodeList.prototype, "value");
  function set(value) { for (const radio of this) radio.checked = radio.value === value; }
  Object.defineProperty(RadioNodeList.prototype, "value", { get, set, configurable: true });
}

function noNetwork() { return Promise.reject(new TypeError("Failed to fetch")); }

// Another device: nothing of the last one.
export function newDevice() { define("indexedDB", new IDBFactory()); }

// Time stands still but for `mock.timers.tick`; what is already due is done.
export function stopTime() { mock.timers.enable({ apis: ["setTimeout", "setInterval"] }); }

// Lets what was started end: the database of the device and the answers of the server, not the timers.
export async function settled(rounds = 40) {
  for (let round = 0; round < rounds; round += 1) await new Promise(setImmediate);
}
