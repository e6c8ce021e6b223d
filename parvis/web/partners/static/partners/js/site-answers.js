// Whether the site can be reached, whatever the browser believes of its network. A site on this very machine answers
// without one.
const PATIENCE_MS = 4000;

export async function siteAnswers() {
  try {
    await fetch("/sante", { cache: "no-store", signal: AbortSignal.timeout?.(PATIENCE_MS) });
    return true;
  } catch { return false; }
}
