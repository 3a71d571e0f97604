/** A search in a form asks again while one writes, and takes over what is chosen of its answers. */
const PAUSE = 350;
let pause = 0;

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.matches("[data-search]")) return;
  clearTimeout(pause);
  pause = setTimeout(() => field.dispatchEvent(new Event("change", { bubbles: true })), PAUSE);
});

document.addEventListener(
  "change",
  (event) => {
    clearTimeout(pause);
    const choice = event.target.closest(".search__found input");
    if (!choice) return;
    // The answers go away with the next look at the form: reading and writing go on in the field.
    const field = choice.closest(".search").querySelector("[data-search]");
    field.value = choice.type === "radio" ? choice.closest("label").textContent.trim() : "";
    field.focus();
  },
  true,
);
