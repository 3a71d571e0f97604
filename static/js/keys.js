/** Which key does what, as the page says it, and when keys mean nothing. */
export const FIELD =
  "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

/** The key of every act by its name; "" where the person has none for it. */
export const keys = JSON.parse(document.body.dataset.keys || "{}");

export const areOn = document.body.dataset.shortcuts !== "off";

/** Whether the event belongs to the browser, to a field, or to a window above the page. */
export function isBusy(event) {
  return (
    !areOn ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    event.isComposing ||
    event.defaultPrevented ||
    event.target.closest(FIELD) ||
    document.querySelector("dialog[open]")
  );
}
