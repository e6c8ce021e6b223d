// What the server tells the scripts of a page: <meta name="parvis-room" content="K7PM3Q">.
export function meta(name) { return document.querySelector(`meta[name="parvis-${name}"]`)?.content ?? ""; }
