// The code of something new follows its name while nobody writes another one; until it is confirmed it can be changed.
// <input name="code" data-latin="{…}"> knows which Latin letters stand for which others, as the office itself spells them.
const code = document.querySelector("[name=code][data-latin]");
const name = code?.form.querySelector("[name=name]");

if (name && !code.disabled) {
  const latin = JSON.parse(code.dataset.latin);
  const proposed = (words) =>
    [...words.normalize("NFC").toLowerCase()].map((letter) => latin[letter] ?? letter).join("")
      .normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
      .replace(/[^a-z0-9_]+/g, "-").replace(/^[-_]+|[-_]+$/g, "").replace(/^[0-9_-]+/, "").slice(0, 32);
  let last = "";
  name.addEventListener("input", () => {
    if (code.value !== last) return;
    code.value = last = proposed(name.value);
    code.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
