/** A form with data-drafts has what is typed into it kept, soon after, and at once when one leaves. */
const PAUSE = 1200;
let form = null;
let pause = 0;

function keep() {
  clearTimeout(pause);
  form?.querySelector("[data-draft]")?.dispatchEvent(new Event("draft"));
  form = null;
}

document.addEventListener("input", (event) => {
  const typedInto = event.target.closest("form[data-drafts]");
  if (!typedInto) return;
  form = typedInto;
  clearTimeout(pause);
  pause = setTimeout(keep, PAUSE);
});

/** What is sent or thrown away needs no draft, not even one that is on its way. */
function onSubmit({ target, submitter }) {
  if (submitter?.formNoValidate) return;
  if (!target.matches("[data-drafts], #discard")) return keep();
  form = null;
  document.querySelector("[data-draft]")?.dispatchEvent(new Event("htmx:abort"));
}

document.addEventListener("submit", onSubmit, true);
document.addEventListener("click", (event) => {
  if (event.target.closest("a[href]")) keep();
});
document.addEventListener("visibilitychange", keep);
