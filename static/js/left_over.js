/** Words whose form is gone, as when somebody was faster, are shown to be copied. */
import { keysOf, read } from "./words.js";

const pathOf = (key) => key.slice("words:".length).split(",")[0];
const hasPlace = (path) => document.querySelector(`:is([action^="${path}"], [href^="${path}"])`);
const isText = ([name, text, tick]) => tick === null && !["submission", "draft", "z"].includes(name) && text;

function show(key) {
  const text = read(key).fields.filter(isText).map((field) => field[1]).join("\n");
  const said = document.getElementById("left-over")?.content.cloneNode(true);
  if (!said || !text) return;
  said.querySelector("p").innerText = text;
  said.querySelector("section").dataset.leftOver = key;
  document.querySelector("#main :is(.detail, .page)")?.prepend(said);
}

function showAll() {
  const [page] = location.pathname.match(/^\/t\/[^/]+\/$/) ?? [];
  if (!page || document.querySelector("[data-left-over]")) return;
  keysOf(`words:${page}`).filter((key) => !read(key).mark && !hasPlace(pathOf(key))).forEach(show);
}

document.addEventListener("click", ({ target }) => {
  const shown = target.matches("button") && target.closest("[data-left-over]");
  if (!shown) return;
  delete localStorage[shown.dataset.leftOver];
  shown.remove();
});
for (const shown of ["DOMContentLoaded", "htmx:after:swap"]) {
  document.addEventListener(shown, showAll);
}
