// Reading a query that is being typed: where the cursor stands, which prefixes are declared, what is known of variables.
// Not a parser: half-written queries have to be understood, and colours and errors come from elsewhere.

const TOKEN =
  /(?<space>\s+)|(?<comment>#[^\n]*)|(?<iri><[^<>"{}|^`\\\s]*>)|(?<string>"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)|(?<variable>[?$][\p{L}\p{N}_]+)|(?<language>@[A-Za-z-]+)|(?<name>(?:[\p{L}][\p{L}\p{N}_.-]*)?:(?:[\p{L}\p{N}_:%\\-]|\.(?=[\p{L}\p{N}_:%\\-]))*)|(?<number>\d+(?:\.\d+)?)|(?<word>[A-Za-z][A-Za-z0-9_]*)|(?<sign>\^\^|[^\s])/gu;

const TERMS = new Set(["iri", "name", "variable", "string", "number"]);
const TYPE = new Set(["a", "rdf:type", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"]);

/** Return the tokens of `text` without space and comments: {kind, text, start, end}. */
export function tokens(text) {
  const found = [];
  for (const match of text.matchAll(TOKEN)) {
    const [kind, value] = Object.entries(match.groups).find(([, group]) => group !== undefined);
    if (kind !== "space" && kind !== "comment") {
      found.push({ kind, text: value, start: match.index, end: match.index + value.length });
    }
  }
  return found;
}

/** Say whether `position` lies in a comment or a string. */
export function inText(text, position) {
  for (const match of text.matchAll(TOKEN)) {
    const end = match.index + match[0].length;
    if (match.index >= position) return false;
    if (match.groups.comment !== undefined && position <= end) return true;
    if (match.groups.string !== undefined && position < end) return true;
  }
  return false;
}

/** Return the declared prefixes (Map of name to IRI), where the last declaration ends, and the prefixes in use. */
export function prefixesOf(text) {
  const declared = new Map();
  const used = new Set();
  let end = 0;
  const seen = tokens(text);
  seen.forEach((token, index) => {
    const before = seen[index - 1];
    const keyword = before?.kind === "word" ? before.text.toUpperCase() : "";
    if (token.kind === "name" && keyword === "PREFIX" && seen[index + 1]?.kind === "iri") {
      declared.set(token.text.slice(0, -1), seen[index + 1].text.slice(1, -1));
      end = seen[index + 1].end;
    } else if (token.kind === "iri" && keyword === "BASE") {
      end = token.end;
    } else if (token.kind === "name" && keyword !== "PREFIX" && !token.text.startsWith("_:")) {
      used.add(token.text.slice(0, token.text.indexOf(":")));
    }
  });
  return { declared, used, end };
}

/** Return the edit {from, insert} that declares a prefix: after the last declaration, else above the query's words. */
export function declaration(text, prefix, iri) {
  const { end } = prefixesOf(text);
  if (end > 0) return { from: end, insert: `\nPREFIX ${prefix}: <${iri}>` };
  const first = tokens(text)[0];
  const from = first ? text.lastIndexOf("\n", first.start) + 1 : text.length;
  return { from, insert: `PREFIX ${prefix}: <${iri}>\n` };
}

/** Return the form of a query: "SELECT", "ASK", "CONSTRUCT", "DESCRIBE", or "" when there is none yet. */
export function formOf(text) {
  const found = tokens(text).find((token) => token.kind === "word" && /^(select|ask|construct|describe)$/i.test(token.text));
  return found ? found.text.toUpperCase() : "";
}

/**
 * Read `text` as far as `until` and say what is expected there.
 *
 * `place`: "subject", "property", "object", "class", "prefix", "expression" or "none"; `subject` and `property` are the
 * terms that stand before it; `types` has for each variable of the whole text the classes that it is said to have.
 */
export function expectedAt(text, until) {
  const types = new Map();
  let here = null;
  const stack = [];
  let state = { place: "none", subject: "", property: "", group: false };
  let word = "";
  let values = 0;

  const closeTerm = (term) => {
    if (state.place === "subject") {
      state.subject = term;
      state.place = "property";
    } else if (state.place === "property") {
      state.property = term;
      state.place = "object";
    } else if (state.place === "object") {
      if (TYPE.has(state.property)) {
        if (!types.has(state.subject)) types.set(state.subject, new Set());
        types.get(state.subject).add(term);
      }
      state.place = "after";
    }
  };
  const note = () => {
    let { place } = state;
    if (word === "PREFIX") place = "prefix";
    else if (values > 0) place = "value";
    else if (place === "object" && TYPE.has(state.property)) place = "class";
    here = { place, subject: state.subject, property: state.property };
  };

  for (const token of tokens(text)) {
    if (here === null && token.start >= until) note();
    const sign = token.text;
    if (values > 0) {
      if (sign === "{") values = 2;
      else if (sign === "}") values = 0;
      continue;
    }
    if (token.kind === "word") {
      const upper = sign.toUpperCase();
      if (upper === "A" && sign === "a" && state.place === "property") closeTerm("a");
      else if (upper === "VALUES") values = 1;
      else if ((upper === "TRUE" || upper === "FALSE") && state.place === "object") closeTerm(sign);
      else word = upper;
      continue;
    }
    if (word === "PREFIX" || word === "BASE") {
      if (token.kind === "iri") word = "";
      continue;
    }
    if (sign === "{") {
      stack.push(state);
      state = { place: "subject", subject: "", property: "", group: true };
    } else if (sign === "}") {
      state = stack.pop() ?? state;
      if (state.group) state = { ...state, place: "subject" };
    } else if (sign === "(") {
      // A path in brackets goes on as a property; everything else in brackets is an expression.
      const path = state.place === "property" && word !== "FILTER" && word !== "BIND";
      stack.push(state);
      state = path ? { ...state } : { place: "expression", subject: "", property: "", group: false };
    } else if (sign === ")") {
      const inner = state;
      state = stack.pop() ?? state;
      if (inner.place !== "expression" && state.place === "property") closeTerm("");
    } else if (sign === "[") {
      stack.push(state);
      state = { place: "property", subject: "", property: "", group: false };
    } else if (sign === "]") {
      state = stack.pop() ?? state;
      closeTerm("");
    } else if (state.place === "expression" || state.place === "none") {
      // Nothing to follow here.
    } else if (sign === ".") {
      state.place = "subject";
    } else if (sign === ";") {
      state.place = "property";
    } else if (sign === ",") {
      state.place = "object";
    } else if ((sign === "/" || sign === "|") && state.place === "object") {
      state.place = "property";
    } else if (TERMS.has(token.kind)) {
      if (word === "GRAPH" || word === "SERVICE") word = "";
      else closeTerm(sign);
      continue;
    }
    if (token.kind === "sign") word = "";
  }
  if (here === null) note();
  return { ...here, types };
}
