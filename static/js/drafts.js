/** A form with data-drafts has what is typed into it kept, soon after, and at once when one leaves. */
const PAUSE = 1200;
let form = null;
let pause = 0;

function keep() {
  clearTimeout(pause);
  const status = form?.querySelector("[data-draft]");
  form = null;
  status?.dispatchEvent(new Event("draft"));
}

document.addEventListener("input", (event) => {
  const typedInto = event.target.closest("form[data-drafts]");
  if (!typedInto) return;
  form = typedInto;
  clearTimeout(pause);
  pause = setTimeout(keep, PAUSE);
});

/** What is sent needs no draft. */
document.addEventListener("submit", (event) => {
  if (event.target === form && !event.submitter?.formNoValidate) {
    clearTimeout(pause);
    form = null;
  }
});

document.addEventListener("click", (event) => {
  if (form && event.target.closest("a[href]")) keep();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") keep();
});
