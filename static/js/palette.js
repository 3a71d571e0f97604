/** All links and buttons of the page in one list, which narrows while one types. */
import { fits, gather, run } from "./actions.js";

const dialog = document.getElementById("palette");
const field = dialog?.querySelector("input");
const list = dialog?.querySelector("[role=listbox]");
const none = dialog?.querySelector("[role=status]");
let [actions, shown, chosen] = [[], [], 0];

function choose(to) {
  chosen = Math.max(0, Math.min(to, shown.length - 1));
  [...list.children].forEach((line, at) => line.setAttribute("aria-selected", at === chosen));
  const line = list.children[chosen];
  field.setAttribute("aria-activedescendant", line?.id ?? "");
  line?.scrollIntoView({ block: "nearest" });
}

function lineOf(action, at) {
  const line = document.createElement("li");
  const name = line.appendChild(document.createElement("span"));
  name.textContent = action.name;
  if (action.key) line.appendChild(document.createElement("kbd")).textContent = action.key;
  line.id = `action-${at}`;
  line.setAttribute("role", "option");
  return line;
}

function show() {
  shown = actions.filter((action) => fits(action, field.value));
  list.replaceChildren(...shown.map(lineOf));
  list.hidden = !shown.length;
  field.setAttribute("aria-expanded", shown.length > 0);
  none.textContent = shown.length ? "" : none.dataset.none;
  choose(0);
}

function take(action) {
  if (!action) return;
  dialog.close();
  run(action.control);
}

document.addEventListener("click", (event) => {
  if (!dialog || !event.target.closest("[data-opens=palette]")) return;
  actions = gather();
  field.value = "";
  show();
});
field?.addEventListener("input", show);
field?.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
  if (step) choose(chosen + step);
  else if (event.key === "Enter" && !event.isComposing && !event.repeat) take(shown[chosen]);
  else return;
  event.preventDefault();
});
list?.addEventListener("click", (event) => {
  take(shown[[...list.children].indexOf(event.target.closest("li"))]);
});
