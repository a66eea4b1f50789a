// The box over a panel of many filters leaves those whose label was typed; what is filled in stays in sight.
const plain = (words) => words.toLowerCase().normalize("NFKD").replace(/[\u0300-\u0305\u0307-\u036f]/g, "");
const label = (filter) => plain(filter.querySelector(".form-label").textContent);
const isFilledIn = (filter) =>
  [...filter.querySelectorAll("input, select")].some((field) => {
    // The first choice of a select is the usual one.
    if (field.matches("select")) return field.selectedIndex > 0;
    return field.matches("[type=checkbox], [type=radio]") ? field.checked : field.value;
  });

for (const box of document.querySelectorAll(".filters > .find")) {
  const groups = [...box.form.querySelectorAll(".filter-group")];
  box.addEventListener("input", () => {
    const wanted = plain(box.value).split(/\s+/).filter(Boolean);
    // While something is looked for, folded groups show what was found in them.
    box.form.classList.toggle("finding", wanted.length > 0);
    for (const group of groups) {
      const filters = [...group.querySelectorAll(".filter-grid > *")];
      for (const filter of filters) filter.hidden = !isFilledIn(filter) && !wanted.every((word) => label(filter).includes(word));
      group.hidden = wanted.length > 0 && filters.every((filter) => filter.hidden);
    }
  });
  // Enter looks for filters here; it does not ask the list.
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}
