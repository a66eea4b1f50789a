// The box over a long chooser of columns leaves those whose title was typed.
const plain = (words) => words.toLowerCase().normalize("NFKD").replace(/[\u0300-\u0305\u0307-\u036f]/g, "");

for (const box of document.querySelectorAll(".choose-columns > .find")) {
  const items = [...box.form.querySelectorAll("li")];
  const groups = [...box.form.querySelectorAll(".group-of-columns")];
  box.addEventListener("input", () => {
    const wanted = plain(box.value).split(/\s+/).filter(Boolean);
    for (const item of items) item.hidden = !wanted.every((word) => plain(item.textContent).includes(word));
    for (const group of groups) group.hidden = [...group.querySelectorAll("li")].every((item) => item.hidden);
  });
  // Enter looks for columns here; it does not ask the list.
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}
