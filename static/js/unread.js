/** A date or a time that is half typed, or that there is not: browsers send nothing for it. */
const FORM = "form:has([data-asked])";
const last = new WeakMap();

const isUnread = (field) => field.validity?.badInput;

/** Say so beside the field, as long as it is so. */
function tell(field) {
  const id = `${field.id}_unread`;
  const told = document.getElementById(id);
  if (!isUnread(field) === !told) return;
  told?.remove();
  if (told) return field.removeAttribute("aria-invalid");
  const error = document.getElementById("unread").content.firstElementChild.cloneNode(true);
  error.id = id;
  field.after(error);
  field.setAttribute("aria-invalid", true);
  field.setAttribute("aria-errormessage", id);
}

/** Here the server says what else is wrong, in words of its own. */
function prepare() {
  for (const form of document.querySelectorAll(FORM)) form.noValidate = true;
  document.querySelectorAll("[aria-errormessage]").forEach(tell);
}

function onSubmit(event) {
  const unread = [...event.target.elements].filter(isUnread);
  if (event.submitter?.formNoValidate || !unread.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  unread.forEach(tell);
  unread[0].focus();
}

/** What only looks, or keeps, goes on from what the field said before. */
function fillIn({ detail: { ctx } }) {
  const { body, form } = ctx.request;
  for (const field of [...(form?.elements ?? [])].filter(isUnread)) {
    body.set(field.name, last.get(field) ?? field.defaultValue);
    body.set("unread", 1);
  }
}

/** What stands in it is nowhere else: it stays in its place when the fields around it are new. */
function stay() {
  for (const field of document.querySelectorAll("[data-asked] input")) {
    field.toggleAttribute("hx-morph-skip", isUnread(field));
  }
}

document.addEventListener("input", ({ target }) => {
  if (!isUnread(target)) last.set(target, target.value);
  if (target.matches("[aria-errormessage]")) tell(target);
});
document.addEventListener("htmx:config:request", fillIn);
document.addEventListener("htmx:before:swap", stay);
document.addEventListener("htmx:after:swap", prepare);
window.addEventListener("submit", onSubmit, true);
prepare();
