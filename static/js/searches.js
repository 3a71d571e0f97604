/** A search in a form asks again while one writes, and takes over what is chosen of its answers. */
const PAUSE = 350;
let pause = 0;

document.addEventListener("input", ({ target }) => {
  const field = target.closest(".search")?.querySelector("[data-search]");
  if (!field) return;
  clearTimeout(pause);
  if (target === field) {
    pause = setTimeout(() => field.dispatchEvent(new Event("change", { bubbles: true })), PAUSE);
  } else {
    // The answers go away with the next look at the form: reading and writing go on in the field.
    field.value = target.type === "radio" ? target.labels[0].textContent.trim() : "";
    field.focus();
  }
});
