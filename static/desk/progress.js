// A job that goes on is followed while its page is open; when it begins, stops or is over, the page is asked for anew.
// <div data-progress="/jobs/3/progress/" data-state="running"><progress max="100">…<span data-words>…<a data-refresh>
const OFTEN = 1000;
const SELDOM = 5000;

function follow(box) {
  const bar = box.querySelector("progress");
  const words = box.querySelector("[data-words]");
  const link = box.querySelector("[data-refresh]");
  let pause = OFTEN;
  if (link) link.hidden = true;

  async function look() {
    if (document.hidden) return later();
    try {
      const answer = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      const { state, percent, words: said } = await answer.json();
      if (state !== box.dataset.state) return location.reload();
      if (percent === null) bar.removeAttribute("value");
      else bar.value = percent;
      words.textContent = said;
      pause = OFTEN;
    } catch {
      // The office is away, or the log-in ended: ask less often, and let the reader ask by hand.
      pause = SELDOM;
      if (link) link.hidden = false;
    }
    return later();
  }

  const later = () => setTimeout(look, pause);
  later();
}

document.querySelectorAll("[data-progress]").forEach(follow);
