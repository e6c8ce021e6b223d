/* The contents of a report say where one is reading. */
const links = new Map(
  Array.from(document.querySelectorAll(".toc-wide a[href^='#']"), link => [link.hash.slice(1), link]),
);
const inSight = new Set();

function mark() {
  const last = Array.from(links.keys()).filter(id => inSight.has(id)).at(-1);
  if (last === undefined) return;
  for (const [id, link] of links) {
    if (id === last) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  }
}

// A section is read when it crosses the upper third of the screen.
const observer = new IntersectionObserver(
  entries => {
    for (const entry of entries) {
      if (entry.isIntersecting) inSight.add(entry.target.id);
      else inSight.delete(entry.target.id);
    }
    mark();
  },
  { rootMargin: "-15% 0px -70% 0px" },
);
for (const id of links.keys()) {
  const section = document.getElementById(id);
  if (section) observer.observe(section);
}
