// A page where one waits: it asks from time to time, and says when it cannot.
const WAIT_MS = 5000, LOST = "Réseau coupé : la page réessaiera d'elle-même.";
const status = document.querySelector("[data-waits]"), quiet = status?.textContent;

// `ask` gives true once there is nothing more to wait for.
export function askInTurn(ask) {
  async function turn() {
    try {
      if (await ask()) return;
      showStatus(quiet);
    } catch { showStatus(LOST); }
    setTimeout(turn, WAIT_MS * (0.75 + Math.random() / 2));
  }
  setTimeout(turn, WAIT_MS);
}

function showStatus(words) { if (status.textContent !== words) status.textContent = words; }
