/** What can be done on a page: its visible controls, and the lists that are a key away. */
import { FIELD, keys } from "./keys.js";

/** What acts on the page comes first, then the rest of it, then where one can go. */
const PLACES = [
  "#notices button",
  "#main .actions :is(a[href], button)",
  "#main .verbs a[href]",
  "#main [data-key]",
  "#main :is(a[href], button, summary):not([data-row])",
  "#navigation :is(a[href], button):not([data-opens=palette])",
  "#main [data-row]",
];
const LISTS = "#keys a[href]";

function nameOf(control) {
  const copy = control.cloneNode(true);
  for (const part of copy.querySelectorAll("kbd")) part.remove();
  const text = copy.textContent.replace(/\s+/g, " ").trim();
  return control.getAttribute("aria-label") || text;
}

function keyOf(control) {
  const { key = "", go } = control.dataset;
  const pressed = go && keys.go ? `${keys.go} ${go}` : key.split(" ")[0];
  return pressed.toLocaleUpperCase();
}

/** Every action once, with its name, its key, and the control that does it. */
export function gather() {
  const found = PLACES.flatMap((place) => [...document.querySelectorAll(place)]);
  const controls = [
    ...found.filter((control) => control.checkVisibility({ visibilityProperty: true })),
    ...document.querySelectorAll(LISTS),
  ];
  const actions = new Map();
  for (const control of new Set(controls)) {
    const name = nameOf(control);
    const what = `${name} ${control.href ?? ""}`;
    if (name && !actions.has(what)) actions.set(what, { name, key: keyOf(control), control });
  }
  return [...actions.values()];
}

/** Whether every word of the text is in the action's name. */
export function fits(action, text) {
  const name = action.name.toLocaleLowerCase();
  return text.toLocaleLowerCase().split(/\s+/).every((word) => name.includes(word));
}

/** Do it: the focus is back where it was, so that it goes on from there. */
export function run(control) {
  if (control.matches(FIELD)) control.focus();
  else control.click();
}
