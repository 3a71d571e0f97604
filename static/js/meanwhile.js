/** What is filled in while its form is on its way stands in the answer too, where that asks again. */
const fields = new Set();

document.addEventListener("input", ({ target }) => fields.add(target));

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (ctx.target.id === "main") fields.clear();
});

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (ctx.target.id !== "main" || ctx.response.status < 400) return;
  for (const field of fields) {
    // The field itself, with its text, tick, files and caret.
    document.getElementById(field.id)?.replaceWith(field);
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
    field.focus();
  }
});
