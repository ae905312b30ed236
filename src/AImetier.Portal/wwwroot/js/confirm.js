// <a href="…" data-dialog>           the confirmation page behind the link, shown as a dialog
// <a href="…" data-dialog="#id">     a dialog of this page
// The page behind a link marks what belongs into the dialog with data-dialog-body, and its way back with data-dialog-close.
async function fetched(address) {
  const answer = await fetch(address, { credentials: "same-origin", headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const body = page.querySelector("[data-dialog-body]");
  if (!body) return null;
  const dialog = document.createElement("dialog");
  dialog.append(document.importNode(body, true));
  const heading = dialog.querySelector("h1, h2, h3");
  if (heading) {
    heading.id ||= "dialog-heading";
    dialog.setAttribute("aria-labelledby", heading.id);
  }
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove(), { once: true });
  return dialog;
}

addEventListener("click", async (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;

  const close = event.target.closest?.("dialog [data-dialog-close]");
  if (close) {
    event.preventDefault();
    close.closest("dialog").close();
    return;
  }

  const link = event.target.closest?.("a[data-dialog]");
  if (!link) return;
  event.preventDefault();
  if (link.getAttribute("aria-busy") === "true") return;
  link.setAttribute("aria-busy", "true");
  try {
    const dialog = link.dataset.dialog ? document.querySelector(link.dataset.dialog) : await fetched(link.href);
    if (dialog) dialog.showModal();
    else location.assign(link.href);
  } catch {
    location.assign(link.href);
  } finally {
    link.removeAttribute("aria-busy");
  }
});
