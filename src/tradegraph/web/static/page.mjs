// What the scripts of a page share: its data, its words, and making elements without any HTML in strings.

const data = JSON.parse(document.getElementById("page-data").textContent);

export const language = data.language;
export const prefixes = data.prefixes;
export const formats = data.formats;
export const base = data.base;

const numbers = new Intl.NumberFormat(language === "nl" ? "nl-NL" : "en-GB");

/** Return a number as people of this language write it. */
export function number(value) {
  return numbers.format(value);
}

/** Return the word for `key`, its {placeholders} filled in. */
export function word(key, values = {}) {
  if (!(key in data.words)) throw new Error(`no word ${key}`);
  return data.words[key].replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Make an element; attributes that are null or false are left out, strings among `children` become text. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Return an icon of the vendored set. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${data.icons}#${name}`);
  svg.append(use);
  return svg;
}

/** Return the prefixed name of an IRI; one of our things by its key, which is short though no SPARQL. */
export function shortName(iri) {
  const things = prefixes.id;
  if (iri.startsWith(prefixes.con) && /^[\w.-]+$/.test(iri.slice(prefixes.con.length))) {
    return `con:${iri.slice(prefixes.con.length)}`;
  }
  if (iri.startsWith(things)) return iri.slice(things.length);
  for (const [prefix, namespace] of Object.entries(prefixes)) {
    const local = iri.startsWith(namespace) ? iri.slice(namespace.length) : "";
    if (/^[\w.-]+$/.test(local)) return `${prefix}:${local}`;
  }
  return iri;
}

/** Return the address of the page of one of our things, terms and graphs. */
export function thingAddress(iri) {
  const rest = iri.slice(base.length);
  return /^(def#|shapes#|graph\/)/.test(rest) ? `/${language}/${rest}` : `/${rest.replace(/^id\//, `${language}/`)}`;
}

/** Keep a value in this browser; reading or writing may be switched off, then nothing is kept. */
export const kept = {
  read(key, fallback) {
    try {
      return JSON.parse(localStorage.getItem(`tradegraph.${key}`)) ?? fallback;
    } catch {
      return fallback;
    }
  },
  write(key, value) {
    try {
      localStorage.setItem(`tradegraph.${key}`, JSON.stringify(value));
    } catch {
      // Full or switched off: it is a convenience only.
    }
  },
  remove(key) {
    try {
      localStorage.removeItem(`tradegraph.${key}`);
    } catch {
      // As above.
    }
  },
};

/** Return a text as nodes, what stands between backticks as code. */
export function prose(text) {
  return text.split("`").map((part, index) => (index % 2 ? make("code", {}, part) : part));
}

/** Say something to those who listen to the page; it is not shown. */
export function say(text) {
  document.querySelector("[data-said]").textContent = text;
}

/** Put a text on the clipboard and say so on the button that was pressed. */
export async function copy(text, button) {
  let said = word("copied");
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    said = word("copy_failed");
  }
  say(said);
  const before = [...button.childNodes];
  button.replaceChildren(icon(said === word("copied") ? "check" : "x"), said);
  setTimeout(() => button.replaceChildren(...before), 1600);
}
