// Keeps relative times true while a page stays open: <time data-ago datetime="…Z">. The words of the first minute come with the page.
const language = document.documentElement.lang || "en";
// How far this machine's clock is from the Portal's.
const skew = Date.now() - (Date.parse(document.body.dataset.now) || Date.now());
const words = new Intl.RelativeTimeFormat(language, { numeric: "always" });

function text(then) {
  const seconds = Math.floor((Date.now() - skew - then) / 1000);
  if (seconds < 60) return document.body.dataset.justNow;
  if (seconds < 3600) return words.format(-Math.floor(seconds / 60), "minute");
  if (seconds < 86_400) return words.format(-Math.floor(seconds / 3600), "hour");
  return words.format(-Math.floor(seconds / 86_400), "day");
}

function refresh() {
  if (document.hidden) return;
  for (const time of document.querySelectorAll("time[data-ago]")) {
    const now = text(Date.parse(time.dateTime));
    if (now && time.textContent !== now) time.textContent = now;
  }
}

setInterval(refresh, 30_000);
document.addEventListener("visibilitychange", refresh);
