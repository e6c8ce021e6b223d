/* Copy and the device's own share sheet, shown only where they work; the mail link is always there. */
for (const box of document.querySelectorAll("[data-share]")) {
  const url = new URL(box.dataset.shareUrl || location.href, location.href).href;
  const title = box.dataset.shareTitle || document.title;
  const status = box.querySelector("[data-share-said]");
  const native = box.querySelector("[data-share-native]");
  const copy = box.querySelector("[data-share-copy]");

  if (native && navigator.share) {
    native.hidden = false;
    native.addEventListener("click", async () => {
      try {
        await navigator.share({ title, url });
      } catch (error) {
        if (error.name !== "AbortError") status.textContent = "Le partage n'a pas abouti. Copiez le lien.";
      }
    });
  }
  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(url);
        status.textContent = "Le lien est copié.";
      } catch {
        status.textContent = `Copiez ce lien : ${url}`;
      }
    });
  }
}
