/** Counts down how long a decision can be taken back; after that its button is gone. */
const ends = new WeakMap();

function countDown() {
  for (const form of document.querySelectorAll("[data-seconds]")) {
    if (!ends.has(form)) ends.set(form, performance.now() + form.dataset.seconds * 1000);
    const left = Math.ceil((ends.get(form) - performance.now()) / 1000);
    const seconds = String(left % 60).padStart(2, "0");
    form.querySelector("[data-left]").textContent = `${Math.floor(left / 60)}:${seconds}`;
    if (left <= 0) form.remove();
  }
}

setInterval(countDown, 1_000);
document.addEventListener("htmx:after:swap", countDown);
countDown();
