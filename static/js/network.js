/** Says so when the server cannot be reached: htmx alone would only write it to the console. */
export function sayUnreachable(error) {
  const text = document.getElementById("unreachable");
  if (text && error instanceof TypeError) {
    document.getElementById("notices").replaceChildren(text.content.cloneNode(true));
  }
}

document.addEventListener("htmx:error", ({ detail }) => sayUnreachable(detail.error));
