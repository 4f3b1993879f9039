// The filter of a document: passages are shown and hidden while someone types. Without scripts, the form asks the server.

const form = document.querySelector("[data-filter]");
if (form) {
  const words = form.querySelector("input");
  const show = form.querySelector("select");
  const status = form.querySelector("[data-filter-status]");
  const parts = [...document.querySelectorAll("[data-part]")].map((part) => ({
    part,
    title: part.querySelector("h3").textContent.toLowerCase(),
    entry: document.querySelector(`.contents a[href="#${CSS.escape(part.querySelector("h3").id)}"]`)?.parentElement,
    passages: [...part.querySelectorAll(".passage")].map((passage) => ({
      passage,
      text: passage.textContent.toLowerCase(),
      silent: passage.querySelector(".silent") !== null,
    })),
  }));
  const numbers = new Intl.NumberFormat(document.documentElement.lang);

  const filter = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { part, title, entry, passages } of parts) {
      let any = false;
      for (const { passage, text, silent } of passages) {
        const fits =
          wanted.every((word) => text.includes(word) || title.includes(word)) &&
          (show.value !== "facts" || !silent) &&
          (show.value !== "silent" || silent);
        passage.hidden = !fits;
        any ||= fits;
        count += fits ? 1 : 0;
      }
      part.hidden = !any;
      if (entry) entry.hidden = !any;
    }
    status.textContent = wanted.length || show.value ? status.dataset.words.replace("{n}", numbers.format(count)) : "";
  };

  let waiting = 0;
  words.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 150);
  });
  show.addEventListener("change", filter);
  form.addEventListener("submit", (event) => {
    // What the server filtered away is not here to be shown again.
    if (new URLSearchParams(location.search).size) return;
    event.preventDefault();
    filter();
  });
}

// Someone who comes for a passage wants to see what was read from it.
const arrive = () => {
  const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  const details = target?.classList.contains("passage") ? target.querySelector("details") : null;
  if (details) details.open = true;
};
addEventListener("hashchange", arrive);
arrive();
