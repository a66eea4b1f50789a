// A long list of ticks gets a search box over it; what is ticked stays in sight.
const plain = (words) => words.toLowerCase().normalize("NFKD").replace(/[\u0300-\u0305\u0307-\u036f]/g, "");

for (const list of document.querySelectorAll("[data-narrow] .many, [data-narrow] .ticks")) {
  const labels = [...list.querySelectorAll("label")];
  if (labels.length < 9) continue;
  const box = document.createElement("input");
  box.type = "search";
  box.className = "form-control narrow";
  box.placeholder = list.closest("[data-narrow]").dataset.narrow;
  box.setAttribute("aria-label", box.placeholder);
  box.addEventListener("input", () => {
    const wanted = plain(box.value).split(/\s+/).filter(Boolean);
    for (const label of labels) {
      const words = plain(label.textContent);
      label.hidden = !label.querySelector("input").checked && !wanted.every((word) => words.includes(word));
    }
  });
  // Enter looks for ticks here; it does not send the whole form.
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.ctrlKey) event.preventDefault();
  });
  list.before(box);
}
