// What to offer while a query is typed: the words of this release, each with how often it occurs.

import { pickedCompletion } from "./vendor/codemirror-6.43.15.mjs";
import { language, make, number, prefixes, word } from "./page.mjs";
import { declaration, expectedAt, inText, prefixesOf, tokens } from "./reading.mjs";

const MOST = 60;
const THINGS = 12;
const KEYWORDS = ["FILTER", "FILTER NOT EXISTS { ", "OPTIONAL { ", "MINUS { ", "UNION { ", "VALUES ", "BIND("];
const CLAUSES = ["SELECT ", "SELECT DISTINCT ", "ASK { ", "CONSTRUCT { ", "DESCRIBE ", "PREFIX ", "WHERE { ", "ORDER BY ", "GROUP BY ", "LIMIT "];
// A word being typed: a variable, a prefixed name, or plain letters.
const TYPED = /[?$][\p{L}\p{N}_]*$|(?:[\p{L}][\p{L}\p{N}_-]*)?:[\p{L}\p{N}_.-]*$|[\p{L}\p{N}_-]+$/u;

let loading = null;

/** Return the vocabulary of the release; asked for once, on first need. Null when it cannot be had. */
export function vocabulary() {
  loading ??= fetch("/api/vocabulary", { headers: { Accept: "application/json" } })
    .then((response) => (response.ok ? response.json() : null))
    .then((found) => (found ? prepare(found) : null))
    .catch(() => null);
  return loading;
}

function prepare(found) {
  const parents = new Map(found.classes.map((term) => [term.name, term.parents ?? []]));
  const properties = new Map(found.properties.map((term) => [term.name, term]));
  const ancestors = (name, seen = new Set()) => {
    if (!seen.has(name)) {
      seen.add(name);
      for (const parent of parents.get(name) ?? []) ancestors(parent, seen);
    }
    return seen;
  };
  return { ...found, properties: found.properties, propertyNamed: properties, ancestors };
}

export function labelOf(term) {
  const label = term.label ?? {};
  return (language === "nl" ? label.nl || label.en : label.en || label.nl) ?? "";
}

function definitionOf(term) {
  const definition = term.definition ?? {};
  return (language === "nl" ? definition.nl || definition.en : definition.en || definition.nl) ?? "";
}

/** How well a term fits what is typed, 0 for not at all: by its name, its local name, or any word of its label. */
export function fit(term, typed) {
  if (!typed) return 1;
  const wanted = typed.toLowerCase();
  const name = term.name.toLowerCase();
  const local = name.slice(name.indexOf(":") + 1);
  const label = labelOf(term).toLowerCase();
  if (name.startsWith(wanted)) return 5;
  if (wanted.includes(":")) return local.includes(wanted.slice(wanted.indexOf(":") + 1)) && name.startsWith(wanted.slice(0, wanted.indexOf(":") + 1)) ? 2 : 0;
  if (local.startsWith(wanted)) return 5;
  if (label.split(/\s+/).some((part) => part.startsWith(wanted))) return 4;
  return local.includes(wanted) || label.includes(wanted) ? 2 : 0;
}

/** Insert `text` for what was typed and declare its prefix when the query does not yet. */
export function insertName(view, text, from, to, completion = null) {
  const changes = [{ from, to, insert: text }];
  const whole = view.state.doc.toString();
  const prefix = /^([\p{L}][\p{L}\p{N}_-]*):/u.exec(text)?.[1];
  if (prefix && prefix in prefixes && !prefixesOf(whole).declared.has(prefix)) {
    changes.unshift(declaration(whole, prefix, prefixes[prefix]));
  }
  const set = view.state.changes(changes);
  view.dispatch({
    changes: set,
    selection: { anchor: set.mapPos(to, 1) },
    scrollIntoView: true,
    userEvent: "input.complete",
    annotations: completion ? pickedCompletion.of(completion) : undefined,
  });
}

function about(term) {
  const rows = [];
  if (definitionOf(term)) rows.push(make("p", {}, definitionOf(term)));
  const ends = `${(term.domain ?? []).join(", ") || "…"} → ${(term.range ?? []).join(", ") || "…"}`;
  if (term.domain || term.range) rows.push(make("p", { class: "cm-ends" }, ends));
  return rows.length ? make("div", {}, ...rows) : null;
}

function option(term, type) {
  const counted = term.count ? ` · ${word("times", { n: number(term.count) })}` : "";
  return {
    label: term.name,
    detail: labelOf(term) + counted,
    type,
    info: () => about(term),
    apply: (view, completion, from, to) => insertName(view, term.name, from, to, completion),
  };
}

function ranked(terms, typed, type, bonus = () => 0) {
  return terms
    .map((term) => [term, fit(term, typed)])
    .filter(([, fits]) => fits > 0)
    .map(([term, fits]) => [term, fits + bonus(term) + (term.front_door ? 1 : 0) + Math.log10(1 + (term.count ?? 0)) / 4])
    .sort(([a, x], [b, y]) => y - x || a.name.localeCompare(b.name))
    .slice(0, MOST)
    .map(([term]) => option(term, type));
}

/** Prefer what is said of the classes that the subject is known to have, or of a class above them. */
function bonusFor(words, expected) {
  const known = [...(expected.types.get(expected.subject) ?? [])].flatMap((name) => [...words.ancestors(name)]);
  if (known.length === 0) return () => 0;
  return (term) => {
    const domain = term.domain ?? [];
    return domain.some((name) => known.includes(name)) ? 3 : domain.length === 0 || domain.includes("owl:Thing") ? 1 : 0;
  };
}

function variables(text, typed, at) {
  const names = new Set(tokens(text).filter((token) => token.kind === "variable" && token.end !== at).map((token) => token.text));
  return [...names].filter((name) => name.startsWith(typed || "?")).sort().map((name) => ({ label: name, type: "variable" }));
}

function plain(words, typed) {
  return words
    .filter((one) => typed && one.toLowerCase().startsWith(typed.toLowerCase()))
    .map((one) => ({ label: one.trim(), type: "keyword", apply: one }));
}

function prefixOptions(typed, declaring) {
  return Object.entries(prefixes)
    .filter(([prefix]) => prefix.startsWith(typed.replace(":", "")))
    .map(([prefix, iri]) => ({
      label: `${prefix}:`,
      detail: iri,
      type: "namespace",
      apply: declaring ? `${prefix}: <${iri}>` : undefined,
    }));
}

let searching = null;

/**
 * Things of the graph by name, for where a thing is expected, those of a class that the property leads to first;
 * nothing when the server has no search.
 */
async function things(typed, property, words) {
  if (typed.length < 3 || typed.includes(":") || searching === "none") return [];
  try {
    const response = await fetch(`/api/search?${new URLSearchParams({ q: `${typed}*`, lang: language, limit: "40" })}`);
    if (response.status === 404) searching = "none";
    if (!response.ok) return [];
    const { hits } = await response.json();
    const range = words?.propertyNamed.get(property)?.range ?? [];
    const fits = (hit) => (range.some((name) => words.ancestors(`tg:${hit.kind}`).has(name)) ? 0 : 1);
    // Sorting is stable: among equals the order is that of the search.
    const best = hits.sort((a, b) => fits(a) - fits(b)).slice(0, THINGS);
    return best.map((hit) => ({
      label: hit.label,
      detail: hit.kind,
      type: "thing",
      apply: (view, completion, from, to) => insertName(view, `<${hit.iri}>`, from, to, completion),
    }));
  } catch {
    return [];
  }
}

/** The source for CodeMirror: what fits at the cursor. Opens by itself after letters, `:` and `?`, else on request. */
export async function complete(context) {
  const text = context.state.doc.toString();
  if (inText(text, context.pos)) return null;
  const line = context.state.doc.lineAt(context.pos);
  const typed = TYPED.exec(text.slice(line.from, context.pos))?.[0] ?? "";
  const from = context.pos - typed.length;
  const expected = expectedAt(text, from);
  // Properties and classes are offered as soon as their place is reached; elsewhere one has to begin or to ask.
  const offered = typed || ((expected.place === "property" || expected.place === "class") && text[from - 1] === " ");
  if (!context.explicit && !offered) return null;
  const words = await vocabulary();
  if (context.aborted) return null;
  let options = [];
  if (typed.startsWith("?") || typed.startsWith("$")) {
    options = variables(text, typed, context.pos);
  } else if (expected.place === "prefix") {
    options = prefixOptions(typed, true);
  } else if (expected.place === "class" && words) {
    options = ranked(words.classes, typed, "class");
  } else if (expected.place === "property" && words) {
    options = ranked(words.properties, typed, "property", bonusFor(words, expected));
    if (!typed) options.unshift({ label: "a", detail: "rdf:type", type: "keyword", apply: "a " });
  } else if (expected.place === "object" || expected.place === "value") {
    const scheme = words?.propertyNamed.get(expected.property)?.scheme;
    const concepts = (words?.concepts ?? []).filter((one) => (scheme ? one.scheme === scheme : typed.startsWith("con:")));
    options = [
      ...(scheme || typed.startsWith("con:") ? ranked(concepts, typed, "concept") : []),
      ...(typed ? [] : variables(text, "", context.pos)),
      ...(await things(typed, expected.property, words)),
      ...(typed && !typed.includes(":") ? prefixOptions(typed, false) : []),
    ];
  } else if (expected.place === "subject") {
    options = [...variables(text, typed, context.pos), ...plain(KEYWORDS, typed)];
  } else if (expected.place === "none" || expected.place === "after") {
    options = [...plain(CLAUSES, typed), ...plain(KEYWORDS, typed)];
  } else {
    options = variables(text, typed || "?", context.pos);
  }
  if (context.aborted || options.length === 0) return null;
  return { from, options: options.slice(0, MOST), filter: false };
}
