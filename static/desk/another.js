// Several values of one fact: whoever fills the last box gets another one; without this script it comes after saving.
// <div class="repeated"> holds the boxes, all of one name.
const BOXES = "input:not([type=hidden]), select, textarea";

document.addEventListener("input", ({ target }) => {
  const group = target.closest?.(".repeated");
  if (!group || target.type === "file" || !target.value) return;
  const boxes = [...group.querySelectorAll(BOXES)].filter((box) => box.name === target.name);
  const last = boxes.at(-1);
  if (last.value === "" || boxes.length >= 100) return;
  const another = last.cloneNode(true);
  another.id = `${boxes[0].id}_${boxes.length}`;
  another.value = "";
  for (const name of ["aria-invalid", "aria-describedby", "aria-expanded", "aria-activedescendant", "value"]) {
    another.removeAttribute(name);
  }
  for (const option of another.options ?? []) option.removeAttribute("selected");
  if (another.options) another.selectedIndex = 0;
  last.after(another);
});
