/** Forms that come again get back what was typed into them and is not sent yet. */
import { inPage } from "./draft_place.js";
import { forget, isTick, keysOf, placeOf, read, remember, tab, textOf, typedIn } from "./words.js";

const OWN = "form:has([name=receipt])";
const OURS = "not typed";
const stateOf = (field) => JSON.stringify([textOf(field), field.checked]);
/** Whether the field says something else now. */
function set(field, text, isTicked) {
  const before = stateOf(field);
  if (isTick(field)) field.checked = isTicked;
  else if (!Array.isArray(text)) field.value = text;
  else for (const one of field.options) one.selected = text.includes(one.value);
  return before !== stateOf(field);
}

/** Fields that are not there yet come with the next look at the form. */
function place(form, [name, text, isTicked], free) {
  const at = free.findIndex((one) => one.name === name && (!isTick(one) || one.value === text));
  if (at !== -1) {
    const [field] = free.splice(at, 1);
    return set(field, text, isTicked) && field;
  }
  if (!name.includes("/") || isTicked === false) return null;
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name, value: text });
  return form.querySelector("[data-asked]").appendChild(field);
}

function putBack(form) {
  const all = keysOf(placeOf(form)).sort((one, other) => read(one).at - read(other).at);
  const own = all.find((key) => key.endsWith(tab) && !inPage(form, read(key)));
  // What other tabs have sent to the server comes from there.
  form.source = own ?? all.findLast((key) => !read(key).mark);
  if (!form.source) return;
  const [free, { fields, mark }] = [typedIn(form), read(form.source)];
  const changed = fields.map((one) => place(form, one, free)).filter(Boolean);
  if (mark) form.elements.draft.value = mark;
  for (const field of changed) {
    field.closest("details")?.toggleAttribute("open", true);
    field.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: OURS }));
  }
  if (changed.length) form.querySelector("[data-asked]")?.dispatchEvent(new Event("look"));
}

document.addEventListener("input", ({ target, detail }) => {
  const form = target.closest(OWN);
  if (form && detail !== OURS) remember(form);
});

document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  const { request, response, hx, sourceElement: sent } = ctx;
  const form = sent.id === "discard" ? document.querySelector("[data-drafts]") : sent;
  const isSent = response.status < 400 && !hx.redirect && !request.submitter?.formNoValidate;
  if (isSent && form?.matches(OWN)) forget(form);
});

const putAllBack = () => document.querySelectorAll(OWN).forEach((form) => form.source ?? putBack(form));
document.addEventListener("DOMContentLoaded", putAllBack);
document.addEventListener("htmx:after:swap", putAllBack);
