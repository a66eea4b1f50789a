// Only rows of the matrix that changed are sent: a whole office of ticks is a long letter.
import { boxes, differs, form, said, shown, tokens } from "./matrix-cells.js";

form?.addEventListener("submit", () => {
  const kept = [];
  for (const table of form.querySelectorAll("table")) {
    const all = table.querySelector("tr.all");
    const isWhole = differs(all);
    for (const box of boxes(all)) box.checked = said(all, box);
    for (const row of table.querySelectorAll("tr[data-row]")) {
      const name = row.dataset.row;
      if (isWhole || (row !== all && differs(row))) kept.push(`${name}:${[...(tokens.get(name) ?? [])].join(",")}`);
      else for (const box of boxes(row)) box.disabled = true;
    }
  }
  // Nothing changed: all is sent, and the office says so.
  if (!kept.length) return whole();
  // A field of its own: the browser would bring a changed one back together with the page.
  shown.disabled = true;
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "shown", value: kept.join(" ") }));
});

// Everything that was left out is there again.
function whole() {
  for (const field of form.querySelectorAll("input[name=shown]")) if (field !== shown) field.remove();
  shown.disabled = false;
  for (const box of form.querySelectorAll("input[type=checkbox]:disabled")) box.disabled = false;
}

// Back from the next page.
window.addEventListener("pageshow", () => {
  if (form) whole();
});
