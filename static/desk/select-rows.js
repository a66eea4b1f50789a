// The tick in the head marks the page; Shift marks from the last one; the bar below says how many. "All listed" marks
// the page too, and one row less is not all any more.
const list = document.querySelector(".rows");
const marks = list ? [...list.querySelectorAll(".row-tick")] : [];
const whole = list?.querySelector(".row-tick-all");
const all = document.querySelector(".all-tick");
const allListed = () => document.querySelector('[data-part="all-listed"]');
let last = null;

function tell() {
  const chosen = marks.filter((mark) => mark.checked).length;
  if (all?.checked && chosen < marks.length) all.checked = false;
  if (whole) {
    whole.checked = chosen === marks.length && chosen > 0;
    whole.indeterminate = chosen > 0 && chosen < marks.length;
  }
  const said = all?.checked ? allListed().dataset.count : chosen;
  for (const place of document.querySelectorAll("[data-chosen-count]")) place.textContent = said;
}

function markAll(isChosen) {
  for (const mark of marks) mark.checked = isChosen;
}

whole?.addEventListener("change", () => {
  markAll(whole.checked);
  tell();
});

all?.addEventListener("change", () => {
  if (all.checked) markAll(true);
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

document.querySelector("[data-clear-chosen]")?.addEventListener("click", (event) => {
  event.preventDefault();
  markAll(false);
  if (all) all.checked = false;
  tell();
});

if (whole) whole.hidden = false;
for (const words of document.querySelectorAll("[data-chosen]")) words.hidden = false;
tell();
// A browser that comes back to the page ticks what was ticked, after this was read.
window.addEventListener("pageshow", tell);
document.addEventListener("counted", tell);
