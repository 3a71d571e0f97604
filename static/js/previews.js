/** Forms that are looked at again: an answer counts that knew everything, and nobody is moved. */
const CONTROL = "input:not([type=hidden]), select, textarea, button";
const PRESSED = ":is(input, label):active";
const PAUSE = 50;

const rowsIn = (asked) => [...asked.querySelectorAll(".row, .pair")];

function askAgain(asked, button) {
  if (asked.querySelector(PRESSED)) setTimeout(askAgain, PAUSE, asked, button);
  else if (button) button.click();
  else asked.dispatchEvent(new Event("look"));
}

document.addEventListener("input", ({ target }) => {
  const asked = target.closest("[data-asked]");
  if (asked) asked.isChanged = true;
});

document.addEventListener("htmx:before:request", ({ target, detail: { ctx } }) => {
  const asked = target.closest?.("form")?.querySelector("[data-asked]");
  if (ctx.request.action !== asked?.dataset.asked) return;
  // The place in the address is for pages without scripts.
  ctx.request.anchor = null;
  ctx.asked = asked;
  asked.isChanged = false;
});

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = event.detail;
  const { asked } = ctx;
  const button = ctx.request.submitter;
  const focused = document.activeElement;
  if (!asked) return;
  // What was filled in or is pressed since then would be lost.
  if (asked.isChanged || asked.querySelector(PRESSED) || !asked.isConnected) {
    event.preventDefault();
    setTimeout(askAgain, 0, asked, button);
  }
  // Whoever has moved on to another field meanwhile stays there.
  ctx.rows = focused === button && button.value.startsWith("add ") && rowsIn(asked);
  ctx.ways = [];
  for (let at = focused; asked.contains(at); at = at.parentElement) ctx.ways.push(at.id);
});

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const { asked, rows } = ctx;
  if (!asked?.isConnected) return;
  // Other answers may have stood in these places.
  for (const field of asked.querySelectorAll("input")) {
    field.checked = field.defaultChecked;
    if (field.matches("[data-search]:not(:focus)")) field.value = field.defaultValue;
  }
  for (const line of asked.querySelectorAll("option")) line.selected = line.defaultSelected;
  if (rows) rowsIn(asked).find((row) => !rows.includes(row))?.querySelector(CONTROL)?.focus();
  for (const id of ctx.ways) {
    if (asked.contains(document.activeElement)) break;
    const way = document.getElementById(id);
    (way?.matches(".row") ? way.querySelector(CONTROL) : way)?.focus();
  }
});
