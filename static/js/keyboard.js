/** Single keys press the visible control that names them in data-key; some move in the list. */
import { FIELD, isBusy, keys } from "./keys.js";
import { press } from "./press.js";

const PATIENCE = 2_000;
let goingUntil = 0;

const isVisible = (control) => control.checkVisibility();

function move(step) {
  const rows = [...document.querySelectorAll("[data-row]")].filter(isVisible);
  const focused = rows.indexOf(document.activeElement);
  const opened = rows.findIndex((row) => row.hasAttribute("aria-current"));
  const from = focused === -1 ? opened : focused;
  const to = from === -1 ? 0 : Math.min(Math.max(from + step, 0), rows.length - 1);
  rows[to]?.focus();
}

function act(key, event) {
  const controls = [...document.querySelectorAll(`[data-key~="${CSS.escape(key)}"]`)];
  // What opens a window above the page is out of sight where there is no room for it.
  const control = controls.find((one) => isVisible(one) || one.dataset.opens);
  if (control?.matches(FIELD)) control.focus();
  else if (control) press(control, event);
  return control;
}

function go(key) {
  const links = [...document.querySelectorAll(`[data-go="${CSS.escape(key)}"]`)];
  const link = links.find(isVisible) ?? links[0];
  link?.click();
  return link;
}

const OWN = {
  down: () => move(1),
  up: () => move(-1),
  open: () => document.activeElement.matches("[data-row]") && document.activeElement.click(),
  go: () => (goingUntil = Date.now() + PATIENCE),
};

document.addEventListener("keydown", (event) => {
  if (isBusy(event) || event.key.length !== 1 || event.key === " ") return;
  const key = event.key.toLowerCase();
  const own = Object.keys(OWN).find((name) => keys[name] === key);
  if (event.repeat && own !== "down" && own !== "up") return;
  const isGoing = Date.now() < goingUntil;
  goingUntil = 0;
  if (isGoing && go(key)) return event.preventDefault();
  if (own) OWN[own]();
  if (own || act(key, event)) event.preventDefault();
});
