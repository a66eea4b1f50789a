// While a card is filled in, its fields say who else has the same number, e-mail, phone, account or nearly the same name.
// <form data-alike="/address">: the address answers {found: {field: sentence}, suggested: sentence}.
const WAIT = 400;
const ASKED = ["name", "email", "phone", "mobile", "vat_number", "registration_number", "number"];
const form = document.querySelector("form[data-alike]");
const box = (name) => form.querySelector(`[name="${name}"]`);
let asking = null;
let waiting = 0;

function say(name, sentence) {
  const field = box(name)?.closest(".field");
  let place = field?.querySelector(".alike");
  if (!field || !sentence) return place?.remove();
  if (!place) {
    place = document.createElement("p");
    place.className = "help alike";
    place.setAttribute("role", "status");
    field.append(place);
  }
  // The office wrote the sentence with its links, every name in it escaped.
  const told = new DOMParser().parseFromString(sentence, "text/html").body;
  if (place.textContent !== told.textContent) place.replaceChildren(...told.childNodes);
  for (const link of place.querySelectorAll("a")) link.target = "_blank";
}

// An electronic address out of the numbers, where none is written yet.
function suggest(sentence) {
  const address = box("electronic_address");
  if (!address || address.value) return;
  address.closest(".field").querySelector("button[data-scheme]")?.closest(".help").remove();
  say("electronic_address", sentence);
  document.dispatchEvent(new Event("fields-came"));
}

async function ask() {
  asking?.abort();
  asking = new AbortController();
  const address = new URL(form.dataset.alike, document.baseURI);
  for (const name of [...ASKED, "country"]) {
    const field = box(name);
    if (field?.value.trim()) address.searchParams.set(name, field.value);
  }
  try {
    const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { found, suggested } = await answer.json();
    // What stands there as it was stored is known; only what is typed is told.
    for (const name of ASKED) say(name, box(name)?.value === box(name)?.defaultValue ? "" : found[name]);
    suggest(suggested);
  } catch (error) {
    if (error.name !== "AbortError") console.debug(error);
  }
}

form?.addEventListener("input", ({ target }) => {
  if (![...ASKED, "country"].includes(target.name)) return;
  clearTimeout(waiting);
  waiting = setTimeout(ask, WAIT);
});
