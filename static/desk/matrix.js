// The matrix of rights: ticks that belong together move together, and only rows that changed are sent.
// Without this script the page means the same: the office works it out from what was shown.
const form = document.querySelector("form[data-matrix]");
const shown = form?.elements.namedItem("shown");
const tokens = new Map((shown?.value ?? "").split(" ").filter(Boolean).map((token) => {
  const [name, rights] = token.split(":");
  return [name, new Set(rights.split(",").filter(Boolean))];
}));

const right = (box) => box.name.slice(box.name.lastIndexOf("-") + 1);
const boxes = (row) => [...row.querySelectorAll("input[type=checkbox]")];
const rows = (table) => [...table.querySelectorAll("tr[data-row]:not(.all)")];
const before = (row, box) => tokens.get(row.dataset.row)?.has(right(box)) ?? false;
const differs = (row) => boxes(row).some((box) => box.checked !== before(row, box));

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

form?.addEventListener("submit", () => {
  const kept = [];
  for (const table of form.querySelectorAll("table")) {
    const all = table.querySelector("tr.all");
    const isWhole = differs(all);
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
  if (!form) return;
  whole();
  for (const table of form.querySelectorAll("table")) paint(table);
});
