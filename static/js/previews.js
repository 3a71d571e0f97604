/** Forms that are looked at again: no answer is overlooked, and nobody loses their place in them. */
const CONTROL = "input:not([type=hidden]), select, textarea, button";
const sent = new WeakMap();
const overlooked = new WeakSet();
let place = null;

const formOf = (event) => event.target.closest?.("form");
const askedIn = (form) => form?.querySelector("[data-asked]");
const rowsIn = (asked) => [...asked.querySelectorAll(".row, .pair")];

document.addEventListener("htmx:config:request", (event) => {
  // The address says where a page without scripts is to be opened; here everything stays in place.
  if (askedIn(formOf(event))) event.detail.ctx.request.anchor = null;
});

document.addEventListener("htmx:before:request", (event) => {
  if (askedIn(formOf(event))) sent.set(formOf(event), event.detail.ctx);
});

document.addEventListener(
  "change",
  (event) => {
    const form = formOf(event);
    if (sent.has(form) && event.target.closest("[data-asked][hx-post]")) overlooked.add(form);
  },
  true,
);

document.addEventListener("htmx:finally:request", (event) => {
  const form = formOf(event);
  // What was given up for a newer request has no say any more.
  if (sent.get(form) !== event.detail.ctx) return;
  sent.delete(form);
  // The way is free for the next request only when this one is quite over.
  if (overlooked.delete(form)) setTimeout(() => askedIn(form)?.dispatchEvent(new Event("change")));
});

document.addEventListener("htmx:before:swap", (event) => {
  const asked = askedIn(formOf(event));
  const focused = document.activeElement;
  // Whoever has moved on to another field meanwhile stays there.
  const isAdding = focused === event.detail.ctx.request.submitter && focused.value.startsWith("add ");
  const ways = [];
  for (let at = focused; at && at !== asked; at = at.parentElement) if (at.id) ways.push(at.id);
  place = asked?.contains(focused) ? { asked, ways, rows: isAdding ? rowsIn(asked) : null } : null;
});

document.addEventListener("htmx:after:swap", () => {
  if (!place?.asked.isConnected) return;
  const { asked, ways, rows } = place;
  const added = rows && rowsIn(asked).find((row) => !rows.includes(row));
  added?.querySelector(CONTROL)?.focus();
  for (const id of ways) {
    if (asked.contains(document.activeElement)) break;
    const found = document.getElementById(id);
    (found?.matches(".row") ? found.querySelector(CONTROL) : found)?.focus();
  }
});
