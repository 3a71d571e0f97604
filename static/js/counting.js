/** Says how much of a limited text is written, once it is nearly full or too long. */
const NEARLY = 0.8;

function count(field) {
  const longest = Number(field.dataset.longest);
  const label = field.labels?.[0];
  // Line ends count once, and so does every sign, however it is encoded.
  const length = [...field.value].length;
  if (!label) return;
  label.toggleAttribute("data-too-long", length > longest);
  if (length > longest * NEARLY) label.dataset.count = `${length} / ${longest}`;
  else delete label.dataset.count;
}

function countAll() {
  document.querySelectorAll("[data-longest]").forEach(count);
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-longest]")) count(event.target);
});
document.addEventListener("htmx:after:swap", countAll);
countAll();
