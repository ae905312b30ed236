// What is shown once is gone when the page is left: the browser may keep pages to come back to, and those must not hold it.
// <code data-secret>, and <button data-hide-secret> inside the block that goes away (data-secret-block); data-then="#id" gets the focus.
function remove(block) {
  for (const secret of block.querySelectorAll("[data-secret]")) secret.textContent = "";
  block.remove();
}

addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-hide-secret]");
  const block = button?.closest("[data-secret-block]");
  if (!block) return;
  event.preventDefault();
  const next = document.querySelector(button.dataset.then ?? "main");
  getSelection()?.removeAllRanges();
  remove(block);
  if (next && !next.matches("a, button, input, select, textarea, [tabindex]")) next.tabIndex = -1;
  next?.focus();
});

addEventListener("pagehide", () => {
  for (const secret of document.querySelectorAll("[data-secret]")) secret.textContent = "";
});

addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("[data-secret-block]").forEach(remove);
});
