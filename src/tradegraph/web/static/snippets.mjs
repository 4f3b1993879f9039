// The same query as a program: what one would write to ask it from elsewhere. Texts that run as they are.

/** Return the program in `tongue` (curl, python, r, javascript) that asks `query` of `endpoint`. */
export function snippet(tongue, endpoint, query, form) {
  const text = query.trimEnd() + "\n";
  const type = form === "CONSTRUCT" || form === "DESCRIBE" ? "text/turtle" : form === "ASK" ? "application/sparql-results+json" : "text/csv";
  return WRITERS[tongue](endpoint, text, type);
}

const WRITERS = {
  curl(endpoint, text, type) {
    // A quoted marker: the shell leaves everything up to it as it is.
    let marker = "SPARQL";
    while (text.split("\n").includes(marker)) marker += "_";
    return `curl --silent --show-error --fail-with-body '${endpoint}' \\
  --header 'Accept: ${type}' \\
  --data-urlencode query@- <<'${marker}'
${text}${marker}
`;
  },

  python(endpoint, text, type) {
    const literal = text.includes("\\") || text.includes('"""') || text.endsWith('"\n') ? JSON.stringify(text) : `"""\\\n${text}"""`;
    const head = `from urllib.parse import urlencode
from urllib.request import Request, urlopen

query = ${literal}
request = Request("${endpoint}", urlencode({"query": query}).encode(), {"Accept": "${type}"})
`;
    if (type !== "text/csv") return `${head}with urlopen(request) as response:\n    print(response.read().decode())\n`;
    return `import csv
import io
${head}with urlopen(request) as response:
    for row in csv.DictReader(io.TextIOWrapper(response, "utf-8", newline="")):
        print(row)
`;
  },

  r(endpoint, text, type) {
    let dashes = "";
    while (text.includes(`)${dashes}"`)) dashes += "-";
    const head = `library(httr2)

query <- r"${dashes}(${text})${dashes}"
response <- request("${endpoint}") |>
  req_body_form(query = query) |>
  req_headers(Accept = "${type}") |>
  req_perform()
`;
    return type === "text/csv"
      ? `${head}answer <- read.csv(text = resp_body_string(response), encoding = "UTF-8")\nprint(answer)\n`
      : `${head}cat(resp_body_string(response))\n`;
  },

  javascript(endpoint, text, type) {
    const literal = "`" + text.replace(/[\\`]|\$\{/g, (found) => `\\${found}`) + "`";
    const accept = type === "text/csv" ? "application/sparql-results+json" : type;
    const use =
      type === "text/turtle"
        ? "console.log(await response.text());"
        : type === "text/csv"
          ? "const { results } = await response.json();\nfor (const row of results.bindings) console.log(row);"
          : "console.log((await response.json()).boolean);";
    return `const query = ${literal};
const response = await fetch("${endpoint}", {
  method: "POST",
  headers: { Accept: "${accept}" },
  body: new URLSearchParams({ query }),
});
if (!response.ok) throw new Error(await response.text());
${use}
`;
  },
};
