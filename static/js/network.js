/** Says so when the server cannot be reached: htmx alone would only write it to the console. */
document.addEventListener("htmx:error", (event) => {
  const text = document.getElementById("unreachable");
  if (text && event.detail.error instanceof TypeError) {
    document.getElementById("notices").replaceChildren(text.content.cloneNode(true));
  }
});
