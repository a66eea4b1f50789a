// A menu closes when the click falls outside it, on Escape, or when another one opens.
const openMenus = () => document.querySelectorAll("details.menu[open], details.choose[open], details.cannot[open]");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
    event.preventDefault();
  }
});
