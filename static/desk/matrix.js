// The matrix of rights: ticks that belong together move together, and what is changed is marked.
// Without this script the page means the same: the office works it out from what was shown.
import { before, boxes, form, right, rows } from "./matrix-cells.js";
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
    for (const box of boxes(row)) box.closest("td").classList.toggle("changed", box.checked !== before(row, box));
  }
  const below = rows(table).flatMap(boxes);
  for (const box of boxes(table.querySelector("tr.all"))) {
    const column = below.filter((tick) => right(tick) === right(box));
    const ticked = column.filter((tick) => tick.checked).length;
    box.classList.toggle("half", ticked > 0 && ticked < column.length && !box.checked);
  }
}

form?.addEventListener("input", (event) => {
  const box = event.target;
  const row = box.closest?.("tr[data-row]");
  if (!row) return;
  const table = row.closest("table");
  const all = table.querySelector("tr.all");
  if (row === all) {
    bring(all, box);
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
    for (const each of boxes(all)) each.checked = before(all, each);
  }
  paint(table);
});

// Back from the next page.
window.addEventListener("pageshow", () => {
  for (const table of form?.querySelectorAll("table") ?? []) paint(table);
});
