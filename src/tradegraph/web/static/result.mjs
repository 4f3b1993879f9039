// What a query was answered with, where the page has room for it: the answer, its tally, its downloads.

import { drawBoolean, drawGraph, drawNothing, drawTable } from "./answer.mjs";
import { formats, icon, make, number, word } from "./page.mjs";

/** Characters that an address may have; what is longer is sent as a form, or not shared. */
export const LONGEST_ADDRESS = 8000;

const one = (selector) => document.querySelector(selector);

/**
 * Show what the endpoint answered: its table, graph or verdict, how many rows and whether these are all, the downloads.
 *
 * `asked` has the parameters of the question; `milliseconds` is the time it took.
 */
export function showAnswer(response, body, milliseconds, asked) {
  // Said in the header when known at the start, else at the end of the body.
  let complete = response.headers.get("X-Result-Complete") !== "false";
  const rewritten = response.headers.get("X-Query-Rewritten");
  const result = one("[data-result]");
  let kind = "graph";
  let tally = null;
  if (response.headers.get("Content-Type").startsWith("text/turtle")) {
    result.replaceChildren(drawGraph(body));
    tally = word("count_lines", { n: number(body.trimEnd().split("\n").length) });
  } else {
    const found = JSON.parse(body);
    complete &&= found.complete !== false;
    if ("boolean" in found) {
      kind = "boolean";
      result.replaceChildren(drawBoolean(found.boolean));
    } else {
      kind = "bindings";
      const rows = found.results.bindings;
      result.replaceChildren(rows.length ? drawTable(found.head.vars, rows) : drawNothing());
      tally = rows.length === 0 ? word("count_none") : rows.length === 1 ? word("count_one") : word("count_many", { n: number(rows.length) });
    }
  }
  const badge = make(
    "span",
    { class: `badge ${complete ? "good" : "poor"}`, "data-testid": "complete" },
    icon(complete ? "circle-check" : "triangle-alert"),
    word(complete ? "complete" : "incomplete"),
  );
  one("[data-tally]").replaceChildren(
    ...(tally ? [make("strong", { "data-testid": "rowcount" }, tally), " "] : []),
    make("span", { class: "quiet-text" }, word("took", { n: number(milliseconds) })),
    " ",
    badge,
    ...(rewritten ? [" ", make("span", { class: "quiet-text" }, word("rewritten", { names: rewritten }))] : []),
  );
  const reason = response.headers.get("X-Result-Incomplete-Reason") ?? "";
  one("[data-incomplete]").replaceChildren(
    ...(complete
      ? []
      : [make("div", { class: "notice warning" }, icon("triangle-alert"), make("p", {}, word("incomplete_text", { reason: reasonWord(reason) })))]),
  );
  showDownloads(kind, asked);
}

function reasonWord(reason) {
  if (/row/i.test(reason)) return word("reason_rows");
  if (/time/i.test(reason)) return word("reason_time");
  return reason || "?";
}

/** A link for each format that the answer can be had in: all rows of it, not those of the page only. */
function showDownloads(kind, asked) {
  const links = formats
    .filter((format) => format.kinds.includes(kind))
    .map((format, index) => {
      const wanted = new URLSearchParams(asked);
      wanted.delete("rows");
      wanted.set("format", format.name);
      const address = `/sparql?${wanted}`;
      const content = [...(index === 0 ? [icon("download")] : []), format.label];
      if (address.length <= LONGEST_ADDRESS) {
        return make("a", { class: "button small", href: address, download: `answer.${format.name}`, "data-testid": `export-${format.name}` }, ...content);
      }
      const button = make("button", { type: "button", class: "small", "data-testid": `export-${format.name}` }, ...content);
      button.addEventListener("click", () => post(wanted));
      return button;
    });
  one("[data-downloads]").replaceChildren(...links);
}

/** Send what is too long for an address as a form. */
function post(wanted) {
  const sent = make("form", { action: "/sparql", method: "post", hidden: true });
  for (const [name, value] of wanted) sent.append(make("input", { type: "hidden", name, value }));
  document.body.append(sent);
  sent.submit();
  sent.remove();
}
