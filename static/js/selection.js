/** Choosing rows of a list: one, all up to another, or all in sight. What is chosen outlasts a swap. */
const chosen = new Set();
let list = "";
let last = null;
let withShift = false;

const boxes = () => [...document.querySelectorAll(".pick input")];
const taskOf = (box) => box.value.split(".")[0];
const rowOf = (box) => box.closest("li").querySelector("[data-row]");

const isHere = (box) => [box, rowOf(box)].includes(document.activeElement);
const isOpen = (box) => rowOf(box).hasAttribute("aria-current");

function tell() {
  chosen.clear();
  for (const box of boxes()) if (box.checked) chosen.add(taskOf(box));
  const count = document.querySelector("[data-chosen]");
  if (count) count.textContent = chosen.size ? `${count.dataset.chosen} ${chosen.size}` : "";
}

/** With Shift everything between becomes like the row that was chosen before. */
function choose(box, isRange) {
  const all = boxes();
  const from = isRange ? all.findIndex((other) => taskOf(other) === last) : -1;
  const [first, end] = [from, all.indexOf(box)].sort((a, b) => a - b);
  if (from !== -1) for (const one of all.slice(first, end + 1)) one.checked = all[from].checked;
  else last = taskOf(box);
  tell();
}

/** Choose the row that the keyboard is at; the open task's, or the first, where it is at none. */
function chooseHere() {
  const box = boxes().find(isHere) ?? boxes().find(isOpen) ?? boxes()[0];
  box.checked = !box.checked;
  choose(box, withShift);
}

const tick = (isTicked) => () => boxes().forEach((box) => (box.checked = isTicked));
const CHOOSE = { row: chooseHere, all: tick(true), none: tick(false) };

document.addEventListener("keydown", (event) => (withShift = event.shiftKey), true);
document.addEventListener("click", (event) => {
  if (event.target.matches(".pick input")) choose(event.target, event.shiftKey);
  const control = event.target.closest("[data-choose]");
  if (!control) return;
  event.preventDefault();
  CHOOSE[control.dataset.choose]();
  tell();
});

function keep() {
  const now = document.querySelector("[data-list]")?.dataset.list ?? "";
  if (now !== list || document.querySelector("[data-chosen-done]")) chosen.clear();
  list = now;
  for (const box of boxes()) box.checked ||= chosen.has(taskOf(box));
  tell();
}
document.addEventListener("htmx:after:swap", keep);
keep();
