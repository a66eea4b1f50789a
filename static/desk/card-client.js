// A client's part of the card shows what matters: what persons are asked to persons, the subcategories of the chosen
// category, a delivery address only where it is another one. Without this script all of it is there to be filled in.
const form = document.querySelector("form[data-card]");
const named = (name) => form.querySelector(`[name="${name}"]`);
const field = (name) => named(name)?.closest(".field");

function arrange() {
  const isPerson = Boolean(form.querySelector('[name="is_person"]:checked')?.value);
  for (const name of ["salutation", "gender"]) if (field(name)) field(name).hidden = !isPerson;
  const same = named("delivery_same");
  for (const box of form.querySelectorAll('[name^="delivery-"]')) box.closest(".field").hidden = same.checked;
  // Where an address is written, none is suggested any more.
  const suggestion = form.querySelector("button[data-scheme]")?.closest(".help");
  if (suggestion) suggestion.hidden = Boolean(named("electronic_address").value);
  for (const list of form.querySelectorAll("select[data-narrowed-by]")) narrow(list, named(list.dataset.narrowedBy));
}

// Groups of the list bear the names of what they stand under.
const groups = new WeakMap();
function narrow(list, above) {
  if (!groups.has(list)) groups.set(list, [...list.querySelectorAll("optgroup")]);
  const chosen = above?.selectedOptions?.[0];
  if (!chosen) return;
  const kept = list.value;
  const wanted = groups.get(list).filter((group) => !chosen.value || group.label === chosen.textContent);
  list.replaceChildren(list.options[0], ...wanted);
  list.value = [...list.options].some((option) => option.value === kept) ? kept : "";
}

// What the numbers of the card suggest is taken over by a click.
function offer(button) {
  if (!button.hidden) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const scheme = named("electronic_address_scheme");
    if (![...scheme.options].some((option) => option.value === button.dataset.scheme)) return;
    scheme.value = button.dataset.scheme;
    named("electronic_address").value = button.dataset.address;
    for (const each of [scheme, named("electronic_address")]) each.dispatchEvent(new Event("input", { bubbles: true }));
    button.closest(".help").remove();
  });
}

function begin() {
  for (const button of form.querySelectorAll("button[data-scheme]")) offer(button);
  arrange();
}

if (form) {
  form.addEventListener("change", arrange);
  // Other types brought other fields.
  document.addEventListener("fields-came", begin);
  window.addEventListener("pageshow", arrange);
  begin();
}
