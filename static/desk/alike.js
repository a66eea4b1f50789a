// While a card is filled in, its fields say who else has the same number, e-mail, phone or nearly the same name.
// <form data-alike="/address">: the address answers {found: {field: sentence}, suggested: {scheme, address}}.
// Without this script the office says the same after the card was sent.
const WAIT = 400;
const ASKED = ["name", "email", "phone", "mobile", "vat_number", "registration_number"];
const form = document.querySelector("form[data-alike]");
const box = (name) => form.querySelector(`[name="${name}"]`);
let asking = null;
let waiting = 0;

function say(name, sentence) {
  const field = box(name)?.closest(".field");
  let place = field?.querySelector(".alike");
  if (!sentence) return place?.remove();
  if (!field) return;
  if (!place) {
    place = document.createElement("p");
    place.className = "help alike";
    place.setAttribute("role", "status");
    field.append(place);
  }
  // The office wrote the sentence with its links, every name in it escaped.
  if (place.innerHTML !== sentence) place.innerHTML = sentence;
  for (const link of place.querySelectorAll("a")) link.target = "_blank";
}

async function ask() {
  asking?.abort();
  asking = new AbortController();
  const address = new URL(form.dataset.alike, document.baseURI);
  for (const name of [...ASKED, "country"]) {
    const field = box(name);
    // What was not touched is not asked about on a card that is stored already.
    if (field?.value.trim() && (name === "country" || field.value !== field.defaultValue)) address.searchParams.set(name, field.value);
  }
  try {
    const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { found, suggested } = await answer.json();
    for (const name of ASKED) say(name, found[name]);
    document.dispatchEvent(new CustomEvent("suggested", { detail: suggested }));
  } catch (error) {
    if (error.name !== "AbortError") console.debug(error);
  }
}

form?.addEventListener("input", ({ target }) => {
  if (![...ASKED, "country"].includes(target.name)) return;
  clearTimeout(waiting);
  waiting = setTimeout(ask, WAIT);
});
