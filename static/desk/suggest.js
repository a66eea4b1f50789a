// A box that takes one thing out of very many suggests while one types; without this script it takes the code or the name.
// <input data-suggest="/address?for=x">: the address answers {found: [{value, name, code}]} to the question ?q=;
// with a url in place of the value, what is chosen is gone to: so the search box leads to pages and records.
import { choose, choosing, marked, step } from "./suggest-choose.js";
import { box, close, show } from "./suggest-list.js";

const WAIT = 150;
let asking = null;
let waiting = 0;

function leave() {
  clearTimeout(waiting);
  asking?.abort();
  close();
}

async function ask(target) {
  asking?.abort();
  asking = new AbortController();
  const address = new URL(target.dataset.suggest, document.baseURI);
  address.searchParams.set("q", target.value);
  try {
    const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "application/json" } });
    if (answer.ok && document.activeElement === target) show(target, (await answer.json()).found);
  } catch (error) {
    // Without an answer the box still takes the code or the name.
    if (error.name !== "AbortError") leave();
  }
}

document.addEventListener("input", ({ target }) => {
  if (choosing || !target.matches("[data-suggest]")) return;
  leave();
  if (target.value.trim()) waiting = setTimeout(ask, WAIT, target);
});

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (!target.matches("[data-suggest]")) return;
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (key in steps) {
    event.preventDefault();
    if (box !== target) return ask(target);
    step(steps[key]);
  } else if (key === "Enter" && box && marked()) {
    event.preventDefault();
    choose(marked(), event.ctrlKey || event.metaKey);
  } else if (key === "Escape" && box) {
    event.preventDefault();
    leave();
  }
});

document.addEventListener("focusout", ({ target }) => {
  if (target === box) leave();
});
