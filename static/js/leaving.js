/** A draft is saved soon after one has typed, and at once when one leaves, by whatever way. */
import { giveUp, keep, keepSoon } from "./drafts.js";
import { nextTab, remember, tab } from "./words.js";

const FILE = "[data-drafts] [type=file]";

document.addEventListener("input", ({ target }) => {
  const form = target.closest("form[data-drafts]");
  if (form) keepSoon(form);
});

document.addEventListener("change", ({ target }) => {
  if (target.matches(FILE)) target.closest("[data-asked]").dispatchEvent(new Event("look"));
});

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const form = ctx.asked?.closest("form[data-drafts]");
  if (!form) return;
  remember(form);
  keepSoon(form);
});

document.addEventListener(
  "submit",
  ({ target, submitter }) => {
    if (target.matches("[data-drafts]")) {
      Object.assign(target.elements.tab, { value: tab });
      Object.assign(target.elements.turn, { value: Date.now() });
    }
    if (submitter?.formNoValidate) return;
    if (target.matches("[data-drafts], #discard")) giveUp();
    else keep();
  },
  true,
);

document.addEventListener("click", ({ target }) => {
  if (target.closest("a[href]")) keep();
  if (target.closest("[data-other-draft]")) nextTab();
});

for (const leaving of ["visibilitychange", "htmx:before:history:restore"]) {
  document.addEventListener(leaving, keep);
}

/** A file that has not arrived is kept by nobody. */
addEventListener("beforeunload", (event) => {
  if ([...document.querySelectorAll(FILE)].some(({ files }) => files.length)) event.preventDefault();
});
