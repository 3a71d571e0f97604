/** A graph that is wider than its strip shows the place where the instance is. */
function showHere() {
  for (const strip of document.querySelectorAll(".graph")) {
    const here = strip.querySelector(".graph__here");
    if (!here) continue;
    const middle = here.getBoundingClientRect().left + here.getBoundingClientRect().width / 2;
    strip.scrollLeft += middle - strip.getBoundingClientRect().left - strip.clientWidth / 2;
  }
}

document.addEventListener("htmx:after:swap", showHere);
showHere();
