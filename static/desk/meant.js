// A box that takes a code says below it what the code stands for; while one types, what it stands for now.
document.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-meant]")) return;
  const said = target.value.trim().toLowerCase();
  const option = [...(target.list?.options ?? [])].find(({ value }) => value.toLowerCase() === said);
  let words = target.nextElementSibling;
  if (!words?.matches(".meant")) {
    words = document.createElement("span");
    words.className = "help meant";
    target.after(words);
  }
  words.textContent = option?.label ?? "";
});
