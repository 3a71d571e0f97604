/** Asks now and then whether the list has changed, while somebody looks; no row moves by itself. */
const PAUSE = 20_000;

function markGone(list, bar) {
  const gone = new Set(bar.querySelector("[data-gone]")?.dataset.gone.split(" "));
  for (const row of list.querySelectorAll("[data-row]")) {
    row.toggleAttribute("data-is-gone", gone.has(row.dataset.row));
  }
}

async function ask() {
  const list = document.querySelector("[data-news]");
  if (!list || document.hidden) return;
  const answer = await fetch(list.dataset.news).catch(() => null);
  // Signed out, or open for half a day: the page has to be loaded anew to hear more.
  if (answer?.status === 403) list.removeAttribute("data-news");
  if (answer?.status !== 200 || !list.isConnected) return;
  const bar = list.querySelector(".news");
  bar.innerHTML = await answer.text();
  markGone(list, bar);
  window.htmx?.process(bar);
}

setInterval(ask, PAUSE);
document.addEventListener("visibilitychange", ask);
