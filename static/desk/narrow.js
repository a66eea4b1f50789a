// A long list of ticks gets a search box over it; what is ticked stays in sight, and so does what stands above a found one.
const plain = (words) => words.toLowerCase().normalize("NFKD").replace(/[\u0300-\u0305\u0307-\u036f]/g, "");
const above = (tick) => (tick.dataset.above ?? "").split(" ").filter(Boolean);

for (const list of document.querySelectorAll("[data-narrow] :is(.many, .ticks, .branches)")) {
  const labels = [...list.querySelectorAll("label")].map((label) => [label, label.querySelector("input")]);
  if (labels.length < 9) continue;
  const box = document.createElement("input");
  box.type = "search";
  box.className = "form-control narrow";
  box.placeholder = list.closest("[data-narrow]").dataset.narrow;
  box.setAttribute("aria-label", box.placeholder);
  box.addEventListener("input", () => {
    const wanted = plain(box.value).split(/\s+/).filter(Boolean);
    const found = labels.filter(([label, tick]) => {
      const words = plain(label.textContent);
      return tick.checked || wanted.every((word) => words.includes(word));
    });
    const shown = new Set(found.flatMap(([, tick]) => [tick.value, ...above(tick)]));
    for (const [label, tick] of labels) label.hidden = !shown.has(tick.value);
  });
  // Enter looks for ticks here; it does not send the whole form.
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.ctrlKey) event.preventDefault();
  });
  list.before(box);
}
