/** A link with data-opens opens that dialog instead of going to its page. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-opens]");
  const dialog = link && document.getElementById(link.dataset.opens);
  if (dialog) {
    event.preventDefault();
    dialog.showModal();
  }
});
