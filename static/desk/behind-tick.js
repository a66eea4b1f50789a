// Who fills in a box means to change it: its tick is set. Without scripts one ticks by hand.
for (const part of document.querySelectorAll("[data-behind-tick]")) {
  const tick = part.querySelector("[name=change]");
  part.addEventListener("input", (event) => {
    if (event.target !== tick) tick.checked = true;
  });
}
