/** After a swap reading starts where the page starts, and the list stays where it was. */
let kept = null;

const rowsOf = () => document.querySelector("[data-list]");
const isPage = (event) => event.detail.ctx?.target?.id === "main";

function showOpenedRow() {
  rowsOf()?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:before:swap", (event) => {
  const rows = rowsOf();
  if (isPage(event)) kept = rows && { list: rows.dataset.list, top: rows.scrollTop };
});

document.addEventListener("htmx:after:swap", (event) => {
  if (!isPage(event)) return;
  const rows = rowsOf();
  if (rows && rows.dataset.list === kept?.list) rows.scrollTop = kept.top;
  showOpenedRow();
  const main = document.getElementById("main");
  const start = main.querySelector("[data-start]") ?? main;
  const isHeading = start.matches("h1");
  // What went wrong is brought into sight, wherever it is; everything else begins at its top.
  if (isHeading) window.scrollTo(0, 0);
  start.focus({ preventScroll: isHeading });
});

showOpenedRow();
