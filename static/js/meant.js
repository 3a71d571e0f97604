/** Whether a key is meant: what it would change has been seen, and it is no part of something typed. */
/** So long a page is there before anything on it is changed. */
const SEEN = 500;
/** Keys that are closer to each other are typed. */
const APART = 400;
/** Whoever leaves a field with them has written what there was to write. */
const LEAVING = ["Escape", "Tab"];

let seenFrom = Infinity;
let typedAt = -Infinity;
let isTyping = false;

/** What is hidden is not painted, and so not seen. */
function show() {
  seenFrom = Infinity;
  requestAnimationFrame(() => (seenFrom = performance.now()));
}

export const isSeen = (event) => event.timeStamp - seenFrom > SEEN;

/** Shift writes; but where it makes a digit or a sign, that is the key. */
export function isMeant(event) {
  const isLetter = event.key.toLowerCase() !== event.key.toUpperCase();
  return isSeen(event) && !isTyping && !(event.shiftKey && isLetter);
}

function listen({ key, repeat, timeStamp }) {
  if (repeat) return;
  isTyping = timeStamp - typedAt < APART;
  if (key.length === 1) typedAt = timeStamp;
  else if (LEAVING.includes(key)) typedAt = -Infinity;
}

/** A space that is typed while a button has the focus changes nothing either. */
function refuseTyped(event) {
  const { detail, isTrusted, target, timeStamp } = event;
  const isTyped = isTrusted && !detail && isTyping && timeStamp - typedAt < APART;
  if (isTyped && target === document.activeElement && target.form?.method === "post") {
    event.preventDefault();
  }
}

function onSwap({ detail: { ctx } }) {
  if (ctx?.target?.contains?.(document.getElementById("main"))) show();
}

document.addEventListener("keydown", listen, true);
document.addEventListener("click", refuseTyped, true);
document.addEventListener("htmx:before:swap", onSwap);
document.addEventListener("htmx:after:swap", onSwap);
document.addEventListener("visibilitychange", show);
window.addEventListener("focus", show);
show();
