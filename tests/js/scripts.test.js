// Every script of the pages imports what is there, by the name under which it is served.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { fileServedAs } from "./served.js";

const WEB = new URL("../../parvis/web/", import.meta.url);
const scripts = readdirSync(WEB, { recursive: true }).map(path => path.match(/^\w+\/static\/(?!vendor\/)(.+\.js)$/)?.[1]).filter(Boolean);

test("the scripts are looked for where they are", () => assert.ok(scripts.includes("parvis/js/outbox.js")));

for (const script of scripts) {
  test(`${script} imports what is served, and what it exports`, async () => {
    const text = readFileSync(fileServedAs(script), "utf8");
    for (const [, names, from] of text.matchAll(/^import (?:\{([^}]*)\} from )?"([^"]+)";$/gm)) {
      const file = fileServedAs(new URL(from, `static:///${script}`).pathname.slice(1));
      const wanted = (names ?? "").split(",").map(name => name.trim().split(/\s+as\s+/)[0]).filter(Boolean);
      const exported = exportsOf(readFileSync(file, "utf8"));
      assert.deepEqual(wanted.filter(name => !exported.has(name)), [], `${script} from ${from}`);
    }
  });
}

function exportsOf(text) {
  const names = new Set([...text.matchAll(/export (?:async )?(?:function\*?|class|const|let) ([\w$]+)/g)].map(match => match[1]));
  for (const [, several] of text.matchAll(/export const ([^;]*);/g)) {
    for (const [, name] of several.matchAll(/(?:^|, )(\w+) =/g)) names.add(name);
  }
  for (const [, list] of text.matchAll(/export \{([^}]*)\}/g)) for (const part of list.split(",")) names.add(part.trim().split(/\s+as\s+/).at(-1));
  return names;
}
