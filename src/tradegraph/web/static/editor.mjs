// The query page with scripts: the editor, running without leaving the page, the shelf beside it.

import { adoptTable } from "./answer.mjs";
import { wireHistory } from "./history.mjs";
import { copy, icon, kept, language, make, prefixes, prose, say, word } from "./page.mjs";
import { declaration, formOf, prefixesOf } from "./reading.mjs";
import { LONGEST_ADDRESS, showAnswer } from "./result.mjs";
import { wireExamples, wireVocabulary } from "./shelf.mjs";
import { snippet } from "./snippets.mjs";
import { Writing } from "./writing.mjs";

const JSON_TYPE = "application/sparql-results+json";
const one = (selector) => document.querySelector(selector);
const form = one("#ask");
const area = one("#query");
const answer = one("[data-answer]");
const trouble = one("[data-trouble]");
const stopButton = one("[data-stop]");
let writing = null;
let running = null;
let asked = null;

// The text, wherever it is being written.

const text = {
  get: () => (writing ? writing.text : area.value),
  set(value) {
    area.value = value;
    if (writing) writing.text = value;
  },
};

function useEditor(wanted) {
  const host = one("[data-editor]");
  if (wanted && !writing) {
    writing = new Writing(host, { text: area.value, label: word("query"), run, changed });
    for (const problem of document.querySelectorAll("[data-line]")) {
      writing.mark([{ line: Number(problem.dataset.line), column: Number(problem.dataset.column), severity: "error", message: problem.dataset.message }]);
    }
  }
  if (wanted) text.set(area.value);
  host.hidden = !wanted;
  area.hidden = wanted;
  one("#editor-hint").hidden = !wanted;
  // The label belongs to the field in use; the editor itself is labelled inside its shadow root.
  if (wanted) one("#query-label").removeAttribute("for");
  else one("#query-label").setAttribute("for", "query");
}

let checking = 0;
let noExplaining = false;

function changed(value) {
  area.value = value;
  clearTimeout(checking);
  checking = setTimeout(check, 900);
}

// Notes of the server on a query that is not run yet. A server without them answers 404, once.

async function check() {
  const query = text.get();
  if (noExplaining || running || !formOf(query)) return;
  try {
    const response = await fetch("/sparql/explain", {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams({ query }),
    });
    if (response.status === 404) noExplaining = true;
    if (query !== text.get() || running) return;
    const found = await response.json();
    if (response.ok) {
      const findings = found.findings.map(readFinding);
      writing?.mark(findings);
      showNotices(findings, found.cost && found.cost !== "instant" ? found.cost_sentence[language] : null);
    } else if (found.line) {
      writing?.mark([{ line: found.line, column: found.column, severity: "error", message: `${found.detail} ${found.remedy}` }]);
    }
  } catch {
    // Notes are a convenience: without them the query still runs.
  }
}

function readFinding({ line, column, severity, sentence, remedy }) {
  const marked = severity === "note" ? "info" : severity;
  return { line, column, severity: marked, message: `${sentence[language]} ${remedy[language]}` };
}

/** What may go wrong, under the editor; mere notes are only underlined in it. */
function showNotices(findings, cost) {
  trouble.querySelector("[data-notices]")?.remove();
  const items = findings
    .filter((finding) => finding.severity !== "info")
    .map((finding) => make("li", {}, make("strong", {}, word("at_line", finding)), ": ", ...prose(finding.message)));
  if (cost) items.unshift(make("li", {}, cost));
  if (items.length === 0) return;
  trouble.append(
    make(
      "div",
      { class: "notice warning", "data-notices": true },
      icon("lightbulb"),
      make("div", {}, make("h2", {}, word("notices")), make("ul", {}, ...items)),
    ),
  );
}

// Running

/** What the form asks, as the endpoint's parameters. */
function parameters() {
  const data = new URLSearchParams({ query: text.get() });
  for (const [name, value] of new FormData(form)) {
    if (name !== "query" && name !== "format" && value) data.append(name, value);
  }
  return data;
}

async function run() {
  if (!text.get().trim()) return;
  stop();
  const control = new AbortController();
  running = control;
  asked = parameters();
  busy(true);
  const begun = performance.now();
  try {
    const response = await fetch("/sparql", {
      method: "POST",
      headers: { Accept: `${JSON_TYPE}, text/turtle, application/problem+json` },
      body: asked,
      signal: control.signal,
    });
    const body = await response.text();
    const milliseconds = Math.round(performance.now() - begun);
    trouble.replaceChildren();
    writing?.mark([]);
    remember();
    if (response.ok) {
      showAnswer(response, body, milliseconds, asked);
      showCode();
      answer.hidden = false;
      one(".answer-head").scrollIntoView({ block: "nearest" });
      setTimeout(check);
    } else {
      showProblem(JSON.parse(body));
    }
  } catch (error) {
    if (error.name === "AbortError") {
      if (running === control) showTrouble(word("stopped"), []);
    } else {
      // The connection broke, before or during the answer: half an answer is none.
      showTrouble(word("offline"), [make("p", {}, word("offline_remedy"))]);
    }
  } finally {
    if (running === control) {
      running = null;
      busy(false);
    }
  }
}

function stop() {
  running?.abort();
}

function busy(is) {
  answer.setAttribute("aria-busy", String(is));
  stopButton.hidden = !is;
  if (is) {
    answer.hidden = false;
    one("[data-tally]").replaceChildren(word("running"));
  }
}

function remember() {
  const query = asked.get("query");
  addToHistory(query);
  const address = shareAddress();
  if (address && address !== location.pathname + location.search) {
    history.pushState(null, "", address);
    shown = location.search;
  }
}

function shareAddress() {
  const address = `${location.pathname}?${asked ?? parameters()}`;
  return address.length <= LONGEST_ADDRESS ? address : null;
}

/** The page in the other language has the query that stands here now, not the one that the page came with. */
function wireLanguages() {
  for (const link of document.querySelectorAll(".languages a")) {
    link.addEventListener("click", () => {
      if (!asked && text.get() === area.defaultValue) return;
      const wanted = parameters();
      if (wanted.has("labels")) wanted.set("labels", link.hreflang);
      const address = `/${link.hreflang}/sparql?${wanted}`;
      if (address.length <= LONGEST_ADDRESS) link.href = address;
    });
  }
}

// What went wrong

function showTrouble(title, parts) {
  answer.hidden = true;
  trouble.replaceChildren(
    make("div", { class: "notice error", id: "problem", role: "alert" }, icon("circle-alert"), make("div", {}, make("h2", {}, title), ...parts)),
  );
}

function showProblem(problem) {
  const title = language === "nl" ? problem.title_nl ?? problem.title : problem.title;
  const parts = [];
  const buttons = [];
  if (problem.line) {
    parts.push(make("p", { class: "where" }, make("strong", {}, word("at_line", problem))));
    const line = asked.get("query").split("\n")[problem.line - 1] ?? "";
    const characters = [...line];
    const before = characters.slice(0, problem.column - 1).join("");
    const rest = characters.slice(problem.column - 1).join("");
    parts.push(
      make("pre", { class: "line", "data-testid": "error-line" }, make("span", { class: "line-number" }, String(problem.line)), before, make("mark", {}, rest || " ")),
    );
    if (writing) {
      writing.mark([{ line: problem.line, column: problem.column, severity: "error", message: `${problem.detail} ${problem.remedy}` }]);
      buttons.push(make("button", { type: "button", class: "small", onclick: () => writing.goTo(problem.line, problem.column) }, word("go_there")));
    }
  }
  parts.push(make("p", { lang: "en" }, ...prose(`${problem.detail} ${problem.remedy ?? ""}`)));
  buttons.unshift(...prefixButtons());
  if (buttons.length) parts.push(make("div", { class: "buttons" }, ...buttons));
  showTrouble(title, parts);
}

/** A button for each prefix that the query uses, does not declare, and that the release knows. */
function prefixButtons() {
  const { declared, used } = prefixesOf(text.get());
  return [...used]
    .filter((prefix) => !declared.has(prefix) && prefix in prefixes)
    .map((prefix) =>
      make(
        "button",
        {
          type: "button",
          class: "small",
          onclick: () => {
            const whole = text.get();
            const { from, insert } = declaration(whole, prefix, prefixes[prefix]);
            if (writing) writing.edit({ from, insert });
            else text.set(whole.slice(0, from) + insert + whole.slice(from));
            run();
          },
        },
        icon("plus"),
        word("add_prefix", { name: prefix }),
      ),
    );
}

/** Insert a name where the cursor stands. */
function insert(name) {
  if (writing) writing.insert(name);
  else area.setRangeText(name, area.selectionStart, area.selectionEnd, "end");
}

const addToHistory = wireHistory(one("[data-history]"), (query) => {
  text.set(query);
  writing?.focus();
});

// The answer's other uses

function showCode() {
  const query = (asked ?? parameters()).get("query");
  const endpoint = `${location.origin}/sparql`;
  one("[data-code-text]").textContent = snippet(one("[data-code-language]").value, endpoint, query, formOf(query));
}

one("[data-code-language]").addEventListener("change", showCode);
one("[data-code-copy]").addEventListener("click", (event) => copy(one("[data-code-text]").textContent, event.currentTarget));
one("[data-freeze]").addEventListener("submit", (event) => {
  event.currentTarget.elements.query.value = (asked ?? parameters()).get("query");
});
one("[data-share]").addEventListener("click", (event) => {
  const address = shareAddress();
  if (address) copy(location.origin + address, event.currentTarget);
  else say(word("share_long"));
});
stopButton.addEventListener("click", stop);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
area.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  }
});
// Going back and forth through queries; a jump within the page changes the address too, but not its query.
let shown = location.search;
addEventListener("popstate", () => {
  if (location.search !== shown) location.reload();
});

const plain = one("[data-plain]");
plain.checked = kept.read("plain", false);
plain.addEventListener("change", () => {
  kept.write("plain", plain.checked);
  useEditor(!plain.checked);
});

// A browser puts back what was typed when one returns to a page; the server's text counts.
area.value = area.defaultValue;
useEditor(!plain.checked);
const written = one("[data-result] .scroll");
if (written) adoptTable(written);
if (!answer.hidden) {
  asked = parameters();
  showCode();
}
wireLanguages();
wireExamples(one("[data-examples]"));
wireVocabulary(one("[data-vocabulary]"), insert);
document.documentElement.dataset.ready = "";
