// Leaving is refused while something may still be sent; then nothing of this place stays on the device.
import { HOME, canKeep } from "./device.js";
import { forgetDevice, send, unsentCounts } from "./outbox.js";

// `messages`: { waiting(count), refused, offline }. `besides`: what a surface keeps of its own, { counts(), forget() };
// counts as `unsentCounts` gives them.
export function offerLeaving(messages, besides = { counts: async () => ({ leaving: 0, never: 0 }), forget: async () => undefined }) {
  const form = document.querySelector("[data-leave]"), state = document.querySelector("[data-leave-said]");
  let warned = false;

  form.addEventListener("submit", async event => {
    event.preventDefault();
    state.textContent = "";
    if (!(await canKeep)) { form.submit(); return; }
    await send();
    const counts = [await unsentCounts(), await besides.counts()];
    const [leaving, never] = ["leaving", "never"].map(name => counts[0][name] + counts[1][name]);
    if (leaving) { state.textContent = messages.waiting(leaving); return; }
    if (never && !warned) {
      warned = true;
      state.textContent = messages.refused;
      return;
    }
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
      if (answer.type !== "opaqueredirect") { form.submit(); return; }
    } catch { state.textContent = messages.offline; return; }
    await besides.forget();
    // Written meanwhile in another tab: kept until the invitation opens again.
    if (!(await unsentCounts()).leaving) await forgetDevice();
    location.assign(HOME);
  });
}
