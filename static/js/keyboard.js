/** Single keys press the visible control that names them in data-key; J and K move in the list. */
const FIELD = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
const STEPS = { j: 1, k: -1 };

function isBusy(event) {
  return (
    document.body.dataset.shortcuts === "off" ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    event.isComposing ||
    event.defaultPrevented ||
    event.target.closest(FIELD) ||
    document.querySelector("dialog[open]")
  );
}

function move(step) {
  const rows = [...document.querySelectorAll("[data-row]")].filter((row) => row.checkVisibility());
  const focused = rows.indexOf(document.activeElement);
  const opened = rows.findIndex((row) => row.hasAttribute("aria-current"));
  const from = focused === -1 ? opened : focused;
  const to = from === -1 ? 0 : Math.min(Math.max(from + step, 0), rows.length - 1);
  rows[to]?.focus();
}

function press(key) {
  const controls = document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`);
  const control = [...controls].find((found) => found.checkVisibility());
  if (control?.matches(FIELD)) control.focus();
  else control?.click();
  return Boolean(control);
}

document.addEventListener("keydown", (event) => {
  if (isBusy(event)) return;
  const key = event.key.toLowerCase();
  if (key in STEPS) {
    move(STEPS[key]);
    event.preventDefault();
  } else if (key.length === 1 && key !== " " && !event.repeat && press(key)) {
    event.preventDefault();
  }
});
