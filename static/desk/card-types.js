// Ticking a type clears its ancestors (and the other way round), and brings the fields that the types ask for.
// Without this script the button "Show the fields of these types" does the same.
const form = document.querySelector("form[data-card]");
const ticks = () => [...(form?.querySelectorAll('input[name="types"]') ?? [])];
const above = (tick) => (tick.dataset.above ?? "").split(" ").filter(Boolean);
const button = form?.querySelector("[data-without-script]");
let asking = null;

function settle(ticked) {
  for (const other of ticks()) {
    if (other === ticked || other.disabled) continue;
    if (above(ticked).includes(other.value) || above(other).includes(ticked.value)) other.checked = false;
  }
}

async function bring() {
  asking?.abort();
  asking = new AbortController();
  const sent = new FormData(form);
  sent.set("show_fields", "1");
  try {
    const answer = await fetch(form.action, { method: "POST", body: sent, signal: asking.signal });
    // 422: a file among them cannot be taken, and its field says why.
    if (!answer.ok && answer.status !== 422) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.getElementById("anchors").replaceWith(page.getElementById("anchors"));
    for (const old of form.querySelectorAll("[data-asked]")) old.remove();
    document.getElementById("notes").before(...page.querySelectorAll("[data-asked]"));
    document.dispatchEvent(new Event("fields-came"));
  } catch (error) {
    // The server did not answer: the button is there again.
    if (error.name !== "AbortError") button.hidden = false;
  }
}

if (form) {
  button.hidden = true;
  form.addEventListener("change", (event) => {
    if (event.target.name !== "types") return;
    if (event.target.checked) settle(event.target);
    bring();
  });
  // Who ticked before this script came, or came back to a card the browser remembers, gets the fields now.
  const early = ticks().filter((tick) => tick.checked !== tick.defaultChecked);
  for (const tick of early) if (tick.checked) settle(tick);
  if (early.length) bring();
}
