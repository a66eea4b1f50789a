// The tick in the head marks the page; Shift marks from the last one; the bulk bar says how many.
const list = document.querySelector(".rows");
const marks = list ? [...list.querySelectorAll(".row-tick")] : [];
const whole = list?.querySelector(".row-tick-all");
let last = null;

function tell() {
  const chosen = marks.filter((mark) => mark.checked).length;
  if (whole) {
    whole.checked = chosen === marks.length && chosen > 0;
    whole.indeterminate = chosen > 0 && chosen < marks.length;
  }
  for (const place of document.querySelectorAll("[data-chosen-count]")) place.textContent = chosen;
}

whole?.addEventListener("change", () => {
  for (const mark of marks) mark.checked = whole.checked;
  tell();
});

list?.addEventListener("click", (event) => {
  const at = marks.indexOf(event.target);
  if (at < 0) return;
  if (event.shiftKey && last !== null) {
    for (const mark of marks.slice(Math.min(at, last), Math.max(at, last) + 1)) mark.checked = event.target.checked;
  }
  last = at;
  tell();
});

document.querySelector("[data-clear-chosen]")?.addEventListener("click", () => {
  for (const mark of marks) mark.checked = false;
  tell();
});

if (whole) whole.hidden = false;
tell();
