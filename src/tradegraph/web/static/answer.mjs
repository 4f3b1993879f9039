// An answer on the page: the same table as the server writes, with sorting and pages.

import { base, icon, make, number, language, shortName, thingAddress, word } from "./page.mjs";

const PAGE = 200;
const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMERIC = new Set(["integer", "decimal", "double", "float", "nonNegativeInteger", "int", "long", "gYear"].map((name) => XSD + name));
const collator = new Intl.Collator(language, { numeric: true, sensitivity: "base" });

/** Draw a SELECT's answer: `names` of columns and `bindings` as in SPARQL JSON. Returns an element. */
export function drawTable(names, bindings) {
  const labelled = new Set(names.filter((name, index) => names[index + 1] === `${name}Label`));
  const columns = names.filter((name) => labelled.has(name) || !labelled.has(name.replace(/Label$/, "")));
  const rows = bindings.map((binding) => {
    const terms = columns.map((name) => ({ term: binding[name], label: labelled.has(name) ? binding[`${name}Label`] : undefined }));
    let drawn = null;
    return {
      keys: terms.map(({ term, label }) => sortKey(term, label)),
      element: () => (drawn ??= make("tr", {}, ...terms.map(({ term, label }) => drawCell(term, label)))),
    };
  });
  const numeric = columns.map((name) => {
    const first = bindings.find((binding) => binding[name]);
    return first !== undefined && NUMERIC.has(first[name].datatype);
  });
  const head = make("tr", {}, ...columns.map((name, index) => make("th", { scope: "col", class: numeric[index] ? "num" : null }, name)));
  const body = make("tbody");
  const table = make(
    "table",
    {},
    make("caption", { id: "answer-caption", class: "unseen" }, word("table_caption")),
    make("thead", {}, head),
    body,
  );
  const scroll = make("div", { class: "scroll", role: "region", tabindex: "0", "aria-labelledby": "answer-caption" }, table);
  const holder = make("div", {}, scroll);
  manage(holder, head, body, rows);
  return holder;
}

/** Give a table that the server wrote what a drawn one has. */
export function adoptTable(scroll) {
  const body = scroll.querySelector("tbody");
  const rows = [...body.rows].map((row) => ({
    keys: [...row.cells].map((cell) => {
      const shown = (cell.firstElementChild ?? cell).textContent.trim();
      return cell.classList.contains("num") && shown !== "" ? Number(shown) : shown;
    }),
    element: () => row,
  }));
  const holder = make("div");
  scroll.replaceWith(holder);
  holder.append(scroll);
  manage(holder, scroll.querySelector("thead tr"), body, rows);
}

/** Sorting by the heads of columns, and pages when there are many rows. Sorting is stable: first by B, then by A. */
function manage(holder, head, body, rows) {
  let order = rows;
  let page = 0;
  const pages = Math.ceil(rows.length / PAGE);
  const shown = make("p", { class: "quiet-text", role: "status" });
  const previous = make("button", { type: "button", class: "small", onclick: () => turn(-1) }, icon("chevron-left"), word("page_previous"));
  const next = make("button", { type: "button", class: "small", onclick: () => turn(1) }, word("page_next"), icon("chevron-right"));

  function show() {
    const from = page * PAGE;
    body.replaceChildren(...order.slice(from, from + PAGE).map((row) => row.element()));
    if (pages < 2) return;
    const to = Math.min(from + PAGE, order.length);
    shown.textContent = word("page_shown", { from: number(from + 1), to: number(to), n: number(order.length) });
    previous.disabled = page === 0;
    next.disabled = page === pages - 1;
  }
  function turn(step) {
    page += step;
    show();
    holder.querySelector(".scroll").scrollTop = 0;
  }

  [...head.cells].forEach((cell, index) => {
    const name = cell.textContent;
    const mark = make("span", {}, icon("arrow-down-up"));
    const button = make("button", { type: "button", class: "sort", title: word("sort", { name }) }, name, mark);
    button.addEventListener("click", () => {
      const descending = cell.getAttribute("aria-sort") === "ascending";
      for (const other of head.cells) {
        other.removeAttribute("aria-sort");
        other.querySelector(".sort span").replaceChildren(icon("arrow-down-up"));
      }
      cell.setAttribute("aria-sort", descending ? "descending" : "ascending");
      mark.replaceChildren(icon(descending ? "arrow-down" : "arrow-up"));
      order = [...order].sort((a, b) => compare(a.keys[index], b.keys[index]) * (descending ? -1 : 1));
      page = 0;
      show();
    });
    cell.replaceChildren(button);
  });
  if (rows.length > 0 && pages > 1) holder.append(make("div", { class: "pager" }, shown, previous, next));
  show();
}

/** Order of two keys: nothing first, then numbers, then texts as the language orders them. */
function compare(a, b) {
  if (a === b) return 0;
  if (a === "" || b === "") return a === "" ? -1 : 1;
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
  return collator.compare(a, b);
}

function sortKey(term, label) {
  if (!term) return "";
  if (NUMERIC.has(term.datatype)) return Number(term.value);
  if (label) return label.value;
  return term.type === "uri" ? shortName(term.value) : String(term.value);
}

function drawCell(term, label) {
  if (!term) return make("td");
  if (term.type === "uri") return make("td", {}, ...drawIri(term.value, label));
  if (term.type === "literal" || term.type === "typed-literal") {
    const tag = term["xml:lang"];
    const datatype = term.datatype && term.datatype !== `${XSD}string` ? shortName(term.datatype) : "";
    const numeric = NUMERIC.has(term.datatype);
    // The page's own language goes without saying.
    const note = tag && tag !== language ? tag : datatype;
    return make(
      "td",
      { class: numeric ? "num" : null },
      make("span", { lang: tag || null }, term.value),
      ...(note && !numeric ? [" ", make("small", { class: "tag" }, note)] : []),
    );
  }
  return make("td", {}, typeof term.value === "string" ? term.value : JSON.stringify(term.value));
}

function drawIri(iri, label) {
  const text = label ? label.value : shortName(iri);
  const ours = iri.startsWith(base);
  // Only addresses that a browser may follow: data can hold any scheme.
  const href = ours ? thingAddress(iri) : /^https?:\/\//.test(iri) ? iri : null;
  const tag = label?.["xml:lang"];
  const shown = href
    ? make("a", { href, rel: ours ? null : "noopener noreferrer", lang: tag && tag !== language ? tag : null }, text)
    : make("span", {}, text);
  return label ? [shown, " ", make("small", { class: "iri" }, shortName(iri))] : [shown];
}

/** Draw the answer of an ASK. */
export function drawBoolean(value) {
  return make("p", { class: "verdict", "data-testid": "boolean" }, word(value ? "yes" : "no"));
}

/** Draw triples, as the text that they came in. */
export function drawGraph(text) {
  return make("pre", { class: "graph", tabindex: "0" }, make("code", {}, text));
}

/** Draw what stands in place of a table without rows. */
export function drawNothing() {
  return make("p", { class: "none" }, word("none_text"));
}
