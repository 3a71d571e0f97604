/** Asks now and then what has changed, while somebody looks; no row moves by itself. */
const PAUSE = 20_000;
/** Numbers of other lists may be older than those of the list that is read. */
const EVERY = 3;
let asked = 0;

/** What there is to say, if there is anything, at the address that the element names. */
async function answerTo(element, name) {
  const url = element?.dataset[name];
  if (!url) return "";
  const answer = await fetch(url).catch(() => null);
  // Signed out, or open for half a day: the page has to be loaded anew to hear more.
  if (answer?.status === 403) delete element.dataset[name];
  return answer?.status === 200 && element.isConnected ? answer.text() : "";
}

function markGone(list, bar) {
  const gone = new Set(bar.querySelector("[data-gone]")?.dataset.gone.split(" "));
  for (const row of list.querySelectorAll("[data-row]")) {
    row.toggleAttribute("data-is-gone", gone.has(row.dataset.row));
  }
}

async function askForList() {
  const list = document.querySelector("[data-news]");
  const said = await answerTo(list, "news");
  if (!said) return;
  const bar = list.querySelector(".news");
  bar.innerHTML = said;
  markGone(list, bar);
  window.htmx?.process(bar);
}

async function askForCounts() {
  const navigation = document.getElementById("navigation");
  const said = document.createElement("template");
  said.innerHTML = await answerTo(navigation, "counts");
  for (const count of said.content.querySelectorAll("[data-count]")) {
    navigation.querySelector(`[data-count="${count.dataset.count}"]`).replaceWith(count);
  }
  const next = said.content.querySelector("[data-counts]");
  if (next) navigation.dataset.counts = next.dataset.counts;
}

function ask() {
  if (document.hidden) return;
  askForList();
  if (asked++ % EVERY === 0) askForCounts();
}

setInterval(ask, PAUSE);
document.addEventListener("visibilitychange", ask);
