// The chooser of columns: dragged or moved by its arrows, a column changes its place at once; the form sends the order.
// Without this script an arrow sends the form, and what was ticked anew stands at the end.
// <form class="choose-columns"> <ul data-columns> the columns shown </ul> … others … <template> arrows </template>

for (const form of document.querySelectorAll(".choose-columns")) {
  const shown = form.querySelector("[data-columns]");
  let dragged = null;

  const itemAt = (event) => event.target.closest?.("li");
  for (const item of form.querySelectorAll("li")) item.draggable = true;

  function settle(item) {
    // What was dragged in from the others is shown from now on, and has arrows like the rest.
    const tick = item.querySelector("input");
    tick.checked = true;
    if (item.querySelector(".moves")) return;
    const moves = form.querySelector("template").content.cloneNode(true);
    for (const button of moves.querySelectorAll("button")) {
      button.value = tick.value;
      button.ariaLabel += item.textContent.trim();
    }
    item.append(moves);
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=up], button[name=down]");
    if (!button) return;
    event.preventDefault();
    const item = itemAt(event);
    if (button.name === "up") item.previousElementSibling?.before(item);
    else item.nextElementSibling?.after(item);
    button.focus();
  });

  form.addEventListener("dragstart", (event) => {
    dragged = itemAt(event);
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.textContent.trim());
    dragged.classList.add("dragged");
  });

  form.addEventListener("dragover", (event) => {
    const over = itemAt(event);
    if (!dragged || !shown.contains(event.target)) return;
    event.preventDefault();
    if (!over || over === dragged) return;
    const middle = over.getBoundingClientRect().top + over.offsetHeight / 2;
    over[event.clientY < middle ? "before" : "after"](dragged);
    settle(dragged);
  });

  form.addEventListener("drop", (event) => event.preventDefault());
  form.addEventListener("dragend", () => {
    dragged?.classList.remove("dragged");
    dragged = null;
  });
}
