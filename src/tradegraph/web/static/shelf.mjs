// The shelf beside the editor: the examples and the cheat sheet, each with a search.

import { fit, labelOf, vocabulary } from "./completion.mjs";
import { make, number, word } from "./page.mjs";

/** Wire the search in the list of examples. */
export function wireExamples(shelf) {
  const items = [...shelf.querySelectorAll(".example-list li")];
  const texts = items.map((item) => fold(item.textContent));
  shelf.querySelector("[data-examples-search]").addEventListener("input", (event) => {
    const words = fold(event.target.value).split(/\s+/).filter(Boolean);
    let found = 0;
    items.forEach((item, index) => {
      item.hidden = !words.every((wanted) => texts[index].includes(wanted));
      if (!item.hidden) found += 1;
    });
    shelf.querySelector("[data-examples-none]").hidden = found > 0;
  });
  // The chosen one in sight, without moving the page.
  const current = shelf.querySelector("[aria-current]");
  if (current) shelf.querySelector(".example-list").scrollTop = current.offsetTop - shelf.querySelector(".example-list").offsetTop - 40;
}

/** Lower case without accents, so that "belgie" finds "België". */
function fold(value) {
  return value.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Wire the cheat sheet: search, and `insert(name)` when a word is chosen. */
export async function wireVocabulary(shelf, insert) {
  const list = shelf.querySelector("[data-vocabulary-list]");
  const search = shelf.querySelector("[data-vocabulary-search]");
  const words = await vocabulary();
  if (!words) return;

  function button(term) {
    const inside = [
      make("span", { class: "count" }, word("times", { n: number(term.count ?? 0) })),
      make("code", {}, term.name),
      make("span", { class: "gloss" }, labelOf(term)),
    ];
    const made = make("button", { type: "button", title: word("insert", { name: term.name }) }, ...inside);
    made.addEventListener("click", () => insert(term.name));
    return make("li", {}, made);
  }
  function show() {
    const typed = search.value.trim();
    const parts = [];
    for (const [title, terms] of [
      ["vocabulary_classes", words.classes],
      ["vocabulary_properties", words.properties],
    ]) {
      const found = typed
        ? terms.filter((term) => fit(term, typed) > 0).sort((a, b) => fit(b, typed) - fit(a, typed))
        : terms.filter((term) => term.front_door);
      if (found.length) parts.push(make("h3", {}, word(title)), make("ul", {}, ...found.slice(0, 80).map(button)));
    }
    list.replaceChildren(...(parts.length ? parts : [make("p", { class: "quiet-text" }, word("vocabulary_none"))]));
  }
  search.addEventListener("input", show);
  show();
}
