// The matrix of rights: ticks that belong together move together, and what is changed is marked.
// Without this script the page means the same: the office works it out from what was shown.
import { before, boxes, clicked, form, right, rows, said, say } from "./matrix-cells.js";
import "./matrix-send.js";

// Every right brings view; without view there is none.
function bring(row, box) {
  for (const other of boxes(row)) {
    if (box.checked && right(other) === "view") other.checked = true;
    if (!box.checked && right(box) === "view") other.checked = false;
  }
}

function paint(table) {
  for (const row of table.querySelectorAll("tr[data-row]")) {
    for (const box of boxes(row)) box.closest("td").classList.toggle("changed", said(row, box) !== before(row, box));
  }
  const below = rows(table).flatMap(boxes);
  const all = table.querySelector("tr.all");
  for (const box of boxes(all)) {
    const column = below.filter((tick) => right(tick) === right(box));
    const ticked = column.filter((tick) => tick.checked).length;
    const isSome = ticked > 0 && ticked < column.length;
    if (column.length) box.checked = ticked === column.length;
    box.classList.toggle("half", isSome);
    say(box, (isSome ? all.dataset.wordsOfSome : all.dataset.words).replace("%(given)d", ticked).replace("%(count)d", column.length));
  }
}

form?.addEventListener("input", (event) => {
  const box = event.target;
  const row = box.closest?.("tr[data-row]");
  if (!row) return;
  const table = row.closest("table");
  const all = table.querySelector("tr.all");
  if (row === all) {
    clicked.add(box);
    for (const each of rows(table)) {
      for (const tick of boxes(each)) {
        if (right(tick) !== right(box)) continue;
        tick.checked = box.checked;
        bring(each, tick);
      }
    }
  } else {
    bring(row, box);
    // A tick below All, made after it, is meant: All steps back and lets the ticks speak.
    for (const each of boxes(all)) clicked.delete(each);
  }
  paint(table);
});

// What All tells is no change of its own.
for (const box of form?.querySelectorAll("tr.all input") ?? []) box.dataset.tells = "";

// Back from the next page.
window.addEventListener("pageshow", () => {
  for (const table of form?.querySelectorAll("table") ?? []) paint(table);
});
