// A box that takes one thing out of very many suggests while one types; without this script it takes the code or the name.
// <input data-suggest="/address?for=x">: the address answers {found: [{value, name, code}]} to the question ?q=.
const WAIT = 150;
const list = document.createElement("ul");
let box = null; // whose suggestions stand open
let asking = null;
let waiting = 0;
let choosing = false;

list.className = "suggestions";
list.id = "suggestions";
list.setAttribute("role", "listbox");

const options = () => [...list.children];
const marked = () => list.querySelector("[aria-selected=true]");

function close() {
  clearTimeout(waiting);
  asking?.abort();
  box?.setAttribute("aria-expanded", "false");
  box?.removeAttribute("aria-activedescendant");
  list.remove();
  box = null;
}

function mark(option) {
  for (const each of options()) each.setAttribute("aria-selected", String(each === option));
  option?.scrollIntoView({ block: "nearest" });
  if (option) box.setAttribute("aria-activedescendant", option.id);
  else box.removeAttribute("aria-activedescendant");
}

function choose(option) {
  const chosen = box;
  chosen.value = option.dataset.value;
  close();
  choosing = true;
  for (const each of ["input", "change"]) chosen.dispatchEvent(new Event(each, { bubbles: true }));
  choosing = false;
}

function show(found) {
  list.replaceChildren(...found.map(({ value, name, code }, number) => {
    const option = document.createElement("li");
    const second = document.createElement("span");
    option.id = `suggestion-${number}`;
    option.dataset.value = value;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    second.textContent = code;
    option.append(name, second);
    return option;
  }));
  if (!found.length) return close();
  list.setAttribute("aria-label", box.labels?.[0]?.textContent.trim() ?? "");
  box.after(list);
  box.setAttribute("aria-expanded", "true");
}

async function ask(target) {
  asking?.abort();
  asking = new AbortController();
  const address = new URL(target.dataset.suggest, document.baseURI);
  address.searchParams.set("q", target.value);
  try {
    const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "application/json" } });
    if (!answer.ok || document.activeElement !== target) return;
    const { found } = await answer.json();
    box = target;
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", list.id);
    show(found);
  } catch (error) {
    // Without an answer the box still takes the code or the name.
    if (error.name !== "AbortError") close();
  }
}

document.addEventListener("input", ({ target }) => {
  if (choosing || !target.matches("[data-suggest]")) return;
  close();
  if (target.value.trim()) waiting = setTimeout(ask, WAIT, target);
});

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (!target.matches("[data-suggest]")) return;
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (key in steps) {
    event.preventDefault();
    if (box !== target) return ask(target);
    const all = options();
    const at = all.indexOf(marked());
    mark(all.at(at < 0 && key === "ArrowUp" ? -1 : (at + steps[key]) % all.length));
  } else if (key === "Enter" && box && marked()) {
    event.preventDefault();
    choose(marked());
  } else if (key === "Escape" && box) {
    event.preventDefault();
    close();
  }
});

// Before the box loses the focus.
list.addEventListener("mousedown", (event) => {
  event.preventDefault();
  const option = event.target.closest("li");
  if (option) choose(option);
});

document.addEventListener("focusout", ({ target }) => {
  if (target === box) close();
});
