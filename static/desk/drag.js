// A row is dragged to another place of its list; the server decides the places. Without this script there are arrows.
// <tbody data-drag> <tr data-code="active" data-move="/settings/statuses/active/move/">; the form #act carries the token.
const form = document.getElementById("act");
let dragged = null;

function rowAt(event) {
  return event.target.closest?.("tr[data-move]");
}

function send(row, before) {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "before";
  field.value = before;
  form.append(field);
  form.action = row.dataset.move;
  form.submit();
}

for (const body of document.querySelectorAll("tbody[data-drag]")) {
  for (const row of body.querySelectorAll("tr[data-move]")) row.draggable = true;

  body.addEventListener("dragstart", (event) => {
    dragged = rowAt(event);
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.code);
    dragged.classList.add("dragged");
  });

  body.addEventListener("dragover", (event) => {
    const over = rowAt(event);
    if (!dragged || !over || over.parentElement !== dragged.parentElement) return;
    if ((over.dataset.among ?? "") !== (dragged.dataset.among ?? "")) return;
    event.preventDefault();
    const middle = over.getBoundingClientRect().top + over.offsetHeight / 2;
    if (over !== dragged) over[event.clientY < middle ? "before" : "after"](dragged);
  });

  body.addEventListener("drop", (event) => {
    if (!dragged) return;
    event.preventDefault();
    let next = dragged.nextElementSibling;
    while (next && (next.dataset.among ?? "") !== (dragged.dataset.among ?? "")) next = next.nextElementSibling;
    send(dragged, next?.dataset.code ?? "");
  });

  body.addEventListener("dragend", () => {
    dragged?.classList.remove("dragged");
    dragged = null;
  });
}
