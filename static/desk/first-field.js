// A new thing begins with its name. On a phone the keyboard would cover the page, so nothing is chosen there.
const first = document.querySelector("[data-first]");
const isWide = matchMedia("(min-width: 601px)").matches;

if (first && isWide && !first.value && !location.hash && document.activeElement === document.body) {
  first.focus({ preventScroll: true });
}
