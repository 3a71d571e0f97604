/** A field above a long list hides what does not fit; the list opens in its place meanwhile. */
const MOST_LINES = 8;

const listOf = (field) => document.getElementById(field.dataset.filters);
const linesOf = (list) => [...(list.options ?? list.children)];

function filter(field) {
  const list = listOf(field);
  const words = field.value.toLocaleLowerCase().split(/\s+/);
  let shown = 0;
  for (const line of linesOf(list)) {
    const text = line.textContent.toLocaleLowerCase();
    line.hidden = !words.every((word) => text.includes(word));
    shown += !line.hidden;
  }
  if (!list.matches("select")) return;
  if (field.value) list.size = Math.max(2, Math.min(shown, MOST_LINES));
  else list.removeAttribute("size");
}

function close(list) {
  const field = document.querySelector(`[data-filters="${CSS.escape(list.id)}"]`);
  if (!field) return;
  field.value = "";
  filter(field);
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-filters]")) filter(event.target);
});

document.addEventListener(
  "change",
  (event) => {
    // What stands in a filter is no answer, so it is not worth a look at the form.
    if (event.target.matches("[data-filters]")) event.stopPropagation();
    if (event.target.matches("select")) close(event.target);
  },
  true,
);

document.addEventListener("keydown", (event) => {
  if (!event.target.matches("[data-filters]")) return;
  if (event.key === "ArrowDown") listOf(event.target).focus();
  if (["ArrowDown", "Enter"].includes(event.key)) event.preventDefault();
});

document.addEventListener("htmx:after:swap", () => {
  for (const field of document.querySelectorAll("[data-filters]")) if (field.value) filter(field);
});
