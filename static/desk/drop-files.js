// Files dragged from the desktop fall into the box of a form; without this script one chooses them in it.
// Works for each box that takes files: <div class="upload"> … <input type="file">.
const carries = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

for (const box of document.querySelectorAll(".upload")) {
  const input = box.querySelector("input[type=file]");
  // The whole form of a tab is the place: a small box is easily missed.
  const place = box.closest(".quick") ?? box;
  for (const words of place.querySelectorAll("[data-drop-words]")) words.hidden = false;

  place.addEventListener("dragover", (event) => {
    if (!input || !carries(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    box.classList.add("dropping");
  });

  place.addEventListener("dragleave", (event) => {
    if (!place.contains(event.relatedTarget)) box.classList.remove("dropping");
  });

  place.addEventListener("drop", (event) => {
    if (!input || !carries(event)) return;
    event.preventDefault();
    box.classList.remove("dropping");
    const dropped = [...event.dataTransfer.files];
    const chosen = new DataTransfer();
    // Where several may stand, what was chosen before stays.
    for (const file of input.multiple ? [...input.files, ...dropped] : dropped.slice(-1)) chosen.items.add(file);
    input.files = chosen.files;
    for (const name of ["input", "change"]) input.dispatchEvent(new Event(name, { bubbles: true }));
  });
}
