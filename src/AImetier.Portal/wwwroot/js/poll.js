// <div data-poll-url="/…" data-poll-fragments="id other-id">
// While the tab is visible, fetches the page every 15 s and replaces the named elements (without names: the element itself).
// Backs off while the Portal does not answer, stops when the person has been signed out. Such requests carry X-Poll, so that
// they can be told from what a person does.
const every = 15_000;
const longest = 240_000;

for (const holder of document.querySelectorAll("[data-poll-url]")) follow(holder);

function follow(holder) {
  const address = new URL(holder.dataset.pollUrl, location.href);
  if (address.origin !== location.origin) return;
  // Asked anew each time: the names may change with the page.
  const names = () => (holder.dataset.pollFragments ?? holder.id).split(/\s+/).filter(Boolean);
  let wait = every;
  let timer = 0;

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(look, wait);
  };

  async function look() {
    if (document.hidden) return;
    const ids = names();
    if (ids.length === 0) return later();
    try {
      const answer = await fetch(address, { credentials: "same-origin", headers: { Accept: "text/html", "X-Poll": "1" } });
      if (answer.status === 401 || answer.status === 403 || (answer.redirected && new URL(answer.url).pathname !== address.pathname)) return;
      if (!answer.ok) throw new Error(String(answer.status));
      replace(ids, new DOMParser().parseFromString(await answer.text(), "text/html"));
      wait = every;
    } catch {
      wait = Math.min(wait * 2, longest);
    }
    later();
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (!document.hidden) {
      wait = every;
      look();
    }
  });
  later();
}

function replace(ids, page) {
  for (const id of ids) {
    const old = document.getElementById(id);
    const fresh = page.getElementById(id);
    // Never under someone's hands: a fragment that holds the focus waits for the next round.
    if (!old || !fresh || old.contains(document.activeElement) || old.isEqualNode(fresh)) continue;
    old.replaceWith(document.importNode(fresh, true));
  }
}
