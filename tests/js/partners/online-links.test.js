import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage, settled } from "../page.js";

const SITE = "https://parvis.test";

// Presses a link to `path`. `answers`: whether the site can be reached.
async function press(path, { answers = true, ...keys } = {}) {
  const asked = [];
  const fetch = async address => { asked.push(address); if (!answers) throw new TypeError("Failed to fetch"); return new Response(""); };
  const page = openPage({ html: `<a href="${SITE}${path}">x</a>`, path: "/partenaires/fiches/a/", fetch });
  await page.load("partners/js/online-links.js");
  const click = new page.window.MouseEvent("click", { bubbles: true, cancelable: true, ...keys });
  page.one("a").dispatchEvent(click);
  await settled();
  return { page, asked, left: click.defaultPrevented };
}

test("a link to another surface is followed once the site has answered", async () => {
  const { page, asked } = await press("/glossaire/");
  assert.deepEqual([asked, page.assigned], [["/sante"], [`${SITE}/glossaire/`]]);
  assert.equal(page.one("[data-no-page]"), null);
});

test("where the site does not answer, the page stays and says why", async () => {
  const { page } = await press("/glossaire/", { answers: false });
  assert.deepEqual(page.assigned, []);
  assert.match(page.one("[data-no-page]").textContent, /^Pas de réseau : cette page n'est pas gardée/);
  assert.equal(page.document.activeElement, page.one("[data-no-page]"));
});

test("links of the surface, and another tab, are left to the browser and its worker", async () => {
  for (const [path, keys] of [["/partenaires/quitter/", {}], ["/glossaire/", { ctrlKey: true }]]) {
    const { asked, left } = await press(path, { answers: false, ...keys });
    assert.deepEqual([asked, left], [[], false]);
  }
});
