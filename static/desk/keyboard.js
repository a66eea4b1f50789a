// "/" searches, so does Ctrl+K from inside a field, "n" starts a new one, "e" edits, "?" explains, arrows walk a list, Ctrl+Enter saves.
// The page marks what a key stands for: <a data-key="n">. A key does exactly what a click there does.
const typing = (element) =>
  element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) && !/^(checkbox|radio|button|submit)$/.test(element.type);

const rowLinks = () => [...document.querySelectorAll(".rows tbody .name a")];

function walk(step) {
  const links = rowLinks();
  if (!links.length) return false;
  const row = document.activeElement.closest?.(".rows tbody tr");
  const here = row ? links.findIndex((link) => row.contains(link)) : -1;
  const next = here < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(here + step, 0), links.length - 1);
  links[next].focus();
  links[next].scrollIntoView({ block: "nearest" });
  return true;
}

function save(event) {
  const form = event.target.form ?? document.querySelector("form[data-card]");
  if (!form || form.method !== "post") return false;
  form.requestSubmit();
  return true;
}

function reach(key) {
  const marked = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!marked) return false;
  if (marked.matches("input")) marked.select();
  else marked.click();
  marked.focus();
  return true;
}

function pressed(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return save(event);
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) return reach("/");
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return false;
  if (event.target.closest("[open].menu, :popover-open")) return false;
  if (event.key === "ArrowDown") return walk(1);
  if (event.key === "ArrowUp") return walk(-1);
  if (event.key === "?") {
    document.getElementById("keys")?.togglePopover();
    return true;
  }
  return reach(event.key);
}

document.addEventListener("keydown", (event) => {
  if (pressed(event)) event.preventDefault();
});
