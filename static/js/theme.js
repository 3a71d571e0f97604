/** Shows an appearance as soon as it is chosen in the settings; it is kept when they are saved. */
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-theme-preview] [name=theme]")) {
    document.documentElement.dataset.theme = event.target.value;
  }
});
