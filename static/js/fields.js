/** In a field, Ctrl+Enter sends its form, and Escape leaves it so that single keys act again. */
import { areOn, FIELD } from "./keys.js";
import { isSeen } from "./meant.js";

function send(form) {
  const buttons = [...form.querySelectorAll(".actions button, .narrow__actions button")];
  const ways = buttons.filter((button) => button.form === form && !button.formNoValidate);
  const meant =
    form.querySelector("[data-meant], .button--primary") ?? (ways.length === 1 && ways[0]);
  if (meant) meant.click();
  // Nobody decides by accident: which of the buttons it is, is one more key.
  else ways[0]?.focus();
}

function leave(target) {
  const menu = target.closest("details[open]:is(.more, .narrow__more)");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (areOn && target.matches(FIELD)) {
    target.blur();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented || event.target.closest("dialog")) return;
  const form = event.target.closest("form");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
    event.preventDefault();
    if (!event.repeat && isSeen(event)) send(form);
  } else if (event.key === "Escape") {
    leave(event.target);
  }
});
