// The matrix of rights as the page shows it: its rows, their boxes, and what was ticked before.
export const form = document.querySelector("form[data-matrix]");
export const shown = form?.elements.namedItem("shown");
export const tokens = new Map((shown?.value ?? "").split(" ").filter(Boolean).map((token) => {
  const [name, rights] = token.split(":");
  return [name, new Set(rights.split(",").filter(Boolean))];
}));

export const right = (box) => box.name.slice(box.name.lastIndexOf("-") + 1);
export const boxes = (row) => [...row.querySelectorAll("input[type=checkbox]")];
export const rows = (table) => [...table.querySelectorAll("tr[data-row]:not(.all)")];
export const before = (row, box) => tokens.get(row.dataset.row)?.has(right(box)) ?? false;
// A box of All that nobody clicked only tells how its column stands; to the office it says what it said before.
export const clicked = new Set();
export const said = (row, box) => (row.matches(".all") && !clicked.has(box) ? before(row, box) : box.checked);
export const differs = (row) => boxes(row).some((box) => said(row, box) !== before(row, box));

// How many have it, beside the box of All and to those who hear it.
export function say(box, words) {
  const beside = box.closest("label").querySelector(".who");
  if (beside.textContent === words) return;
  box.setAttribute("aria-label", box.getAttribute("aria-label").slice(0, -beside.textContent.length) + words);
  beside.textContent = words;
}
