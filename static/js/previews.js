/** What changes while a form is being looked at again is looked at afterwards, and never missed. */
let isLooking = false;
let isChanged = false;

const ofFields = (event) => event.detail.ctx?.sourceElement?.matches?.(".asked");

function lookAgain() {
  document.querySelector(".asked[hx-post]")?.dispatchEvent(new Event("change"));
}

document.addEventListener("htmx:before:request", (event) => {
  if (ofFields(event)) isLooking = true;
});

// One look gives way to whatever submits the form: another one would be dropped meanwhile.
document.addEventListener(
  "change",
  (event) => {
    isChanged ||= isLooking && Boolean(event.target.closest(".asked"));
  },
  true,
);

document.addEventListener("htmx:finally:request", (event) => {
  if (!ofFields(event)) return;
  isLooking = false;
  if (isChanged) setTimeout(lookAgain);
  isChanged = false;
});
