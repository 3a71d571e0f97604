/** Beside a form it is said what has become of its draft, and which one it goes on from now. */
const WHILE = 60_000;

export function tell(form, place, mark, text) {
  if (mark) form.elements.draft.value = mark;
  place.innerHTML = text;
  window.htmx?.process(place);
  if (!place.querySelector("[data-other-draft]")) return;
  // Loaded anew, this tab shows its own draft, and not the one that was saved last.
  const url = new URL(location);
  url.searchParams.set("draft", parseInt(mark, 10));
  history.replaceState(history.state, "", url);
}

/** Whether the page knows what was kept: it may have been made before the draft was saved. */
export function inPage(form, { mark, heard }) {
  if (!mark || heard < Date.now() - WHILE) return Boolean(mark);
  const [[id, revision], [shown, at]] = [mark, form.elements.draft.value].map((one) => one.split("."));
  return id === shown && Number(at) >= Number(revision);
}
