// <button data-copy="#id" data-copy-result="#id" data-done="…" data-failed="…" data-failed-mac="…">
// Copies the text of the element. Where the browser refuses, the text is selected and the person is told which keys to press.
const mac = /mac|iphone|ipad/i.test(navigator.userAgentData?.platform ?? navigator.platform ?? "");

function select(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}

function say(button, words) {
  const place = document.querySelector(button.dataset.copyResult ?? null);
  if (!place) return;
  // Emptied first, so that the same words are announced again.
  place.textContent = "";
  requestAnimationFrame(() => { place.textContent = words; });
}

addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  const source = button && document.querySelector(button.dataset.copy);
  if (!source) return;
  event.preventDefault();
  try {
    await navigator.clipboard.writeText(source.textContent.trim());
    say(button, button.dataset.done ?? "");
  } catch {
    select(source);
    say(button, (mac && button.dataset.failedMac) || (button.dataset.failed ?? ""));
  }
});
