// The list of suggestions that stands open under a box (see suggest.js).
export const list = document.createElement("ul");
export let box = null; // whose suggestions stand open

list.className = "suggestions";
list.id = "suggestions";
list.setAttribute("role", "listbox");

export function close() {
  box?.setAttribute("aria-expanded", "false");
  box?.removeAttribute("aria-activedescendant");
  list.remove();
  box = null;
}

function line({ value, name, code, url }, number) {
  const option = document.createElement("li");
  const second = document.createElement("span");
  option.id = `suggestion-${number}`;
  if (url) option.dataset.url = url;
  else option.dataset.value = value;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  second.textContent = code;
  option.append(name, second);
  return option;
}

export function show(target, found) {
  box = target;
  list.replaceChildren(...found.map(line));
  if (!found.length) return close();
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  list.setAttribute("aria-label", box.labels?.[0]?.textContent.trim() ?? box.getAttribute("aria-label") ?? "");
  box.after(list);
  box.setAttribute("aria-expanded", "true");
}
