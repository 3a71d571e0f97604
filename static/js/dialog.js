/** A link with data-opens opens that dialog instead of going to its page; a link in one closes it. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-opens]");
  const dialog = link && document.getElementById(link.dataset.opens);
  event.target.closest("dialog[open] a[href]")?.closest("dialog").close();
  if (dialog) {
    event.preventDefault();
    dialog.showModal();
  }
});
