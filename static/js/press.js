/** Presses what a key stands for; where that changes something, only a key that stands alone. */
import { FIELD } from "./keys.js";
import { isMeant } from "./meant.js";

/** So long a key waits for another one, with which it would be typed. */
const WAIT = 300;
let held = null;

function drop() {
  clearTimeout(held?.timer);
  held?.control.removeAttribute("data-held");
  held = null;
}

function wait(control, key) {
  drop();
  const timer = setTimeout(() => {
    drop();
    // What has come in its place, or before it, has not been looked at.
    if (control.isConnected && document.hasFocus()) control.click();
  }, WAIT);
  control.toggleAttribute("data-held", true);
  held = { control, key, timer };
}

/** An outcome that needs a reason waits for it in the field, and is remembered on its button. */
function ask(control, reason) {
  control.form.querySelector("[data-meant]")?.removeAttribute("data-meant");
  control.toggleAttribute("data-meant", true);
  reason.focus();
}

export function press(control, event) {
  const reason = control.form?.elements.namedItem(control.dataset.asks ?? "");
  if (control.matches("a, [data-choose]")) control.click();
  else if (!isMeant(event)) return;
  else if (reason?.matches?.(FIELD) && !reason.value.trim()) ask(control, reason);
  else if (control.type === "submit") wait(control, event.key);
  else control.click();
}

/** The same key once more is the same press; every other takes it back. */
function follow({ key, repeat }) {
  if (!held || repeat) return;
  if (key === held.key) wait(held.control, key);
  else drop();
}

document.addEventListener("keydown", follow, true);
document.addEventListener("pointerdown", drop, true);
