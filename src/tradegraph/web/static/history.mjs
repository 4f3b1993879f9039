// The queries asked before, in this browser only; can be switched off, and is then forgotten.

import { kept, make } from "./page.mjs";

const MOST = 20;

/** Wire the list in `shelf`; `choose` is called with the text of the query that is picked. Returns how to add one. */
export function wireHistory(shelf, choose) {
  const list = shelf.querySelector("[data-history-list]");
  const none = shelf.querySelector("[data-history-none]");
  const keep = shelf.querySelector("[data-history-keep]");
  const clear = shelf.querySelector("[data-history-clear]");
  keep.checked = kept.read("history.keep", true);

  function show() {
    const queries = kept.read("history", []);
    list.replaceChildren(...queries.map((text) => {
      const button = make("button", { type: "button", title: text }, gist(text));
      button.addEventListener("click", () => choose(text));
      return make("li", {}, button);
    }));
    none.hidden = queries.length > 0;
    clear.hidden = queries.length === 0;
  }
  function forget() {
    kept.remove("history");
    show();
  }

  keep.addEventListener("change", () => {
    kept.write("history.keep", keep.checked);
    if (!keep.checked) forget();
  });
  clear.addEventListener("click", forget);
  show();
  return (text) => {
    if (!keep.checked) return;
    kept.write("history", [text, ...kept.read("history", []).filter((one) => one !== text)].slice(0, MOST));
    show();
  };
}

/** The part of a query that tells it apart: without comments and prefixes, on one line. */
function gist(text) {
  const short = text.replace(/^\s*#.*$/gm, "").replace(/^\s*(?:prefix|base)\b.*$/gim, "").replace(/\s+/g, " ").trim();
  return short || text.trim();
}
