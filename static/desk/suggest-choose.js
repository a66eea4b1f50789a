// Going through the suggestions under a box, and choosing one of them (see suggest.js).
import { box, close, list } from "./suggest-list.js";

export let choosing = false; // what the box says now was chosen, not typed

const options = () => [...list.children];
export const marked = () => list.querySelector("[aria-selected=true]");

function mark(option) {
  for (const each of options()) each.setAttribute("aria-selected", String(each === option));
  option?.scrollIntoView({ block: "nearest" });
  if (option) box.setAttribute("aria-activedescendant", option.id);
  else box.removeAttribute("aria-activedescendant");
}

export function step(by) {
  const all = options();
  const at = all.indexOf(marked());
  mark(all.at(at < 0 && by < 0 ? -1 : (at + by) % all.length));
}

// What has an address is gone to, beside this page when Ctrl is held; anything else is written into the box.
export function choose(option, aside = false) {
  const chosen = box;
  const { url } = option.dataset;
  if (url) {
    close();
    if (aside) window.open(url, "_blank");
    else location.assign(url);
    return;
  }
  chosen.value = option.dataset.value;
  close();
  choosing = true;
  for (const each of ["input", "change"]) chosen.dispatchEvent(new Event(each, { bubbles: true }));
  choosing = false;
}

// Before the box loses the focus.
list.addEventListener("mousedown", (event) => {
  event.preventDefault();
  const option = event.target.closest("li");
  if (option && !event.button) choose(option, event.ctrlKey || event.metaKey);
});
