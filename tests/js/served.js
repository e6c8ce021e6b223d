// The static folders of the surfaces are one tree once they are served; on the disk each surface has its own.
import { existsSync, readdirSync } from "node:fs";

const WEB = new URL("../../parvis/web/", import.meta.url);
const FOLDERS = readdirSync(WEB).map(surface => new URL(`${surface}/static/`, WEB)).filter(folder => existsSync(folder));

// Where the file served as `/static/<path>` is; throws when no surface has it.
export function fileServedAs(path) {
  const file = FOLDERS.map(folder => new URL(path, folder)).find(url => existsSync(url));
  if (!file) throw new Error(`No surface serves /static/${path}`);
  return file;
}

// Node's hook. A script imported by another belongs to the same opened page: it takes its query (`?page=2`).
export async function resolve(specifier, context, next) {
  const parent = FOLDERS.find(folder => context.parentURL?.startsWith(folder.href));
  if (!parent || !specifier.startsWith(".")) return next(specifier, context);
  const asked = new URL(specifier, context.parentURL.replace(parent.href, "static:///"));
  const file = fileServedAs(asked.pathname.slice(1));
  file.search = new URL(context.parentURL).search;
  return { url: file.href, format: "module", shortCircuit: true };
}
