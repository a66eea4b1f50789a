// How many there are follows a list where counting takes a moment: <span data-part="count" data-count-from="/clients/?…">
// The answer holds parts of the page, each under its name, written by the office and ready to stand here.
const waiting = document.querySelector("[data-count-from]");

async function follow(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  // Where the log-in ended, "50+ found" and the way to count by hand stay.
  if (!answer.ok || answer.redirected) return;
  const told = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of told.querySelectorAll("[data-part]")) put(part);
  document.dispatchEvent(new Event("counted"));
}

function put(part) {
  const before = document.querySelector(`[data-part="${part.dataset.part}"]`);
  const isRead = before?.contains(document.activeElement);
  before?.replaceWith(part);
  if (!isRead) return;
  // Whoever stood on "Count" with the keyboard stands where it was, or goes on from what is said now.
  const onward = part.querySelector("a") ?? part;
  if (onward === part) part.tabIndex = -1;
  onward.focus();
}

if (waiting) follow(waiting.dataset.countFrom).catch(() => {});
