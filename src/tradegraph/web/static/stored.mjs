// Narrows the list of questions down while one types. Without it the list is complete.

const search = document.querySelector("[data-question-search]");
const said = document.querySelector("[data-question-said]");
const none = document.querySelector("[data-question-none]");

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const items = [...document.querySelectorAll("[data-question]")].map((item) => ({ item, text: plain(item.textContent) }));

function narrow() {
  const words = plain(search.value).split(/\s+/).filter(Boolean);
  let found = 0;
  for (const { item, text } of items) {
    item.hidden = !words.every((word) => text.includes(word));
    found += item.hidden ? 0 : 1;
  }
  for (const section of document.querySelectorAll("[data-theme-section]")) {
    section.hidden = !section.querySelector("[data-question]:not([hidden])");
  }
  none.hidden = found > 0;
  said.textContent = words.length ? said.dataset.found.replace("{n}", found) : "";
}

search.addEventListener("input", narrow);
// The browser may have kept what was typed.
if (search.value) narrow();
