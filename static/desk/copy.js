// One click takes a number along: <button hidden data-copy="BG80…" data-copied="Copied">Copy</button>.
const TOLD = 2000;

async function take(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch (error) {
    // Not allowed here: the number stands beside the button all the same.
    console.debug(error);
    return;
  }
  const words = button.querySelector("span");
  const before = words.textContent;
  if (before === button.dataset.copied) return;
  words.textContent = button.dataset.copied;
  setTimeout(() => (words.textContent = before), TOLD);
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copy]")) button.hidden = false;
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("button[data-copy]");
    if (button) take(button);
  });
}
