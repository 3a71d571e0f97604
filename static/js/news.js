/** Asks now and then what has changed, while somebody looks; nothing moves by itself. */
const PAUSE = 20_000;
/** Numbers of other lists may be older. */
const EVERY = 3;
let asked = 0;

/** What there is to say at the address that the element names. */
async function answerTo(element, name) {
  const url = element?.dataset[name];
  if (!url) return "";
  const answer = await fetch(url).catch(() => null);
  // Signed out, or open for half a day.
  if (answer?.status === 403) delete element.dataset[name];
  return answer?.status === 200 && element.isConnected ? answer.text() : "";
}

/** What was said before is not read out again. */
async function askFor(place) {
  const said = await answerTo(place, "news");
  const bar = place.querySelector(".news");
  if (!said || said === bar.said) return;
  bar.innerHTML = bar.said = said;
  const gone = bar.querySelector("[data-gone]")?.dataset.gone.split(" ");
  for (const row of place.querySelectorAll("[data-row]")) {
    row.toggleAttribute("data-is-gone", gone.includes(row.dataset.row));
  }
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
  document.querySelectorAll("[data-news]").forEach(askFor);
  if (asked++ % EVERY === 0) askForCounts();
}

setInterval(ask, PAUSE);
document.addEventListener("visibilitychange", ask);
