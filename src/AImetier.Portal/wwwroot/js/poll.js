// <div id="…" data-poll-url="/…" data-poll-fragments="id other-id" data-poll-every="1">
// While the tab is visible, fetches the page every so many seconds (15 without a number) and replaces the named elements (without names: the element
// itself). An element that comes back without its address is done. Backs off while the Portal does not answer, stops when the person has been signed
// out. Such requests carry X-Poll, so that they can be told from what a person does.
const usual = 15;
const longest = 240_000;

for (const holder of document.querySelectorAll("[data-poll-url]")) if (holder.dataset.pollUrl) follow(holder);

function follow(first) {
  // The element may have been replaced by a newer one.
  const holder = () => (first.id && document.getElementById(first.id)) || first;
  // Asked anew each time: the names may change with the page.
  const names = () => (holder().dataset.pollFragments ?? holder().id).split(/\s+/).filter(Boolean);
  let misses = 0;
  let timer = 0;

  const later = () => {
    clearTimeout(timer);
    if (!holder().dataset.pollUrl) return;
    timer = setTimeout(look, Math.min((Number(holder().dataset.pollEvery) || usual) * 1000 * 2 ** misses, longest));
  };

  async function look() {
    if (document.hidden || !holder().dataset.pollUrl) return;
    const address = new URL(holder().dataset.pollUrl, location.href);
    if (address.origin !== location.origin) return;
    const ids = names();
    if (ids.length === 0) return later();
    try {
      const answer = await fetch(address, { credentials: "same-origin", headers: { Accept: "text/html", "X-Poll": "1" } });
      if (answer.status === 401 || answer.status === 403 || (answer.redirected && new URL(answer.url).pathname !== address.pathname)) return;
      if (!answer.ok) throw new Error(String(answer.status));
      replace(ids, new DOMParser().parseFromString(await answer.text(), "text/html"));
      misses = 0;
    } catch {
      misses = Math.min(misses + 1, 10);
    }
    later();
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (!document.hidden) {
      misses = 0;
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
