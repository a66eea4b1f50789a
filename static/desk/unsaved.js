// A card that was changed says how many fields are not saved, and asks before it is left.
const card = document.querySelector("form[data-card]");
const words = document.querySelector("[data-unsaved]");
const first = new Map();
let leaving = false;

// Asked of the document: a form with a field called "elements" keeps no list of its own fields under that name.
const fields = () => [...document.querySelectorAll("input, select, textarea")]
  .filter((field) => card && field.form === card && field.name && field.type !== "hidden" && field.type !== "submit");
const value = (field) => {
  if (/^(checkbox|radio)$/.test(field.type)) return String(field.checked);
  return field.multiple && field.options ? [...field.selectedOptions].map((option) => option.value).join("\n") : field.value;
};
// A box that tells how others stand changes with them.
const changed = () => fields().filter((field) => first.has(field) && !("tells" in field.dataset) && first.get(field) !== value(field));

function tell() {
  if (!words) return;
  const names = new Set(changed().map((field) => field.name));
  words.hidden = names.size === 0;
  const count = words.querySelector("[data-count]");
  if (count) count.textContent = names.size;
}

if (card) {
  for (const field of fields()) first.set(field, value(field));
  // Fields of a card live also outside the form element (form="…"), so the document listens.
  document.addEventListener("input", tell);
  document.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && (card.dataset.card === "refused" || changed().length)) event.preventDefault();
  });
}
