// The Developer reference: a Copy button in every panel of code (copy.js does the rest), one choice of language for all panels that is kept for
// the next page, and a mark in the contents at what is being read.
const kept = "aimetier.language";
const article = document.querySelector("article[data-copy-words]");

function choose(language) {
  for (const button of document.querySelectorAll(`.tabs input[value="${CSS.escape(language)}"]`)) button.checked = true;
}

function addCopy(pane, words) {
  const result = document.createElement("span");
  result.className = "copied";
  result.setAttribute("role", "status");
  result.id = pane.querySelector("pre").id + "-copied";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = words.copyWords;
  button.lang = result.lang = document.documentElement.lang;
  Object.assign(button.dataset, { copy: "#" + pane.querySelector("pre").id, copyResult: "#" + result.id, done: words.done, failed: words.failed, failedMac: words.failedMac });
  pane.append(button, result);
}

if (article) {
  for (const pane of article.querySelectorAll(".pane")) addCopy(pane, article.dataset);

  // The store may be refused; the choice then lasts for the page.
  try { choose(localStorage.getItem(kept) ?? ""); } catch { /* nothing is kept */ }
  addEventListener("change", (event) => {
    if (!event.target.matches?.(".tabs input")) return;
    const before = event.target.getBoundingClientRect().top;
    choose(event.target.value);
    // Panels above may have grown: what the reader pressed stays where it was.
    scrollBy({ top: event.target.getBoundingClientRect().top - before, behavior: "instant" });
    try { localStorage.setItem(kept, event.target.value); } catch { /* nothing is kept */ }
  });
}

const links = new Map([...document.querySelectorAll("[data-spy] a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
if (links.size > 0) {
  const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  const mark = () => {
    const read = headings.findLast((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
    for (const link of links.values()) link.removeAttribute("aria-current");
    if (read) links.get(read.id).setAttribute("aria-current", "location");
  };
  addEventListener("scroll", mark, { passive: true });
  mark();
}
