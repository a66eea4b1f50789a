// A message stays until it is closed; the button to close it appears only where it works.
for (const button of document.querySelectorAll("[data-close-message]")) {
  button.hidden = false;
  button.addEventListener("click", () => button.closest(".notice").remove());
}
