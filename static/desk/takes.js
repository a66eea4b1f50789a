// What the chosen option does not take is put out of sight; without this script it is left out when the form is sent.
// <select data-takes> <option data-takes="nomenclature unit">: names of fields; all that any option takes are ruled here.
for (const select of document.querySelectorAll("select:has(option[data-takes])")) {
  const taken = (option) => (option?.dataset.takes ?? "").split(" ").filter(Boolean);
  const ruled = new Set([...select.options].flatMap(taken));

  const arrange = () => {
    const wanted = taken(select.selectedOptions[0]);
    for (const name of ruled) {
      for (const field of select.form.querySelectorAll(`[name="${name}"]`)) {
        field.closest(".field").hidden = !wanted.includes(name);
      }
    }
    for (const section of select.form.querySelectorAll(".section")) {
      const fields = [...section.querySelectorAll(".field")];
      if (fields.length) section.hidden = fields.every((field) => field.hidden);
    }
  };

  select.addEventListener("change", arrange);
  arrange();
}
