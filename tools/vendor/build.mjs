// Makes src/tradegraph/web/static/vendor/: the code bundles, the fonts, the icons, what they are and their licences;
// and src/tradegraph/drawings/world.json, the map.
// Run by a developer (`npm ci && npm run build`), never on installing tradegraph. Same lock file, same bytes.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { world } from "./world.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const PACKAGE = join(HERE, "..", "..", "src", "tradegraph");
const OUT = join(PACKAGE, "web", "static", "vendor");
const ICONS = [
  "arrow-down",
  "arrow-down-up",
  "arrow-left-right",
  "arrow-up",
  "building-2",
  "calendar",
  "chart-column",
  "chart-line",
  "check",
  "chevron-left",
  "chevron-right",
  "circle-alert",
  "circle-check",
  "circle-stop",
  "code",
  "copy",
  "database",
  "download",
  "external-link",
  "file-text",
  "funnel",
  "globe",
  "hammer",
  "handshake",
  "history",
  "info",
  "landmark",
  "lightbulb",
  "link",
  "list",
  "list-checks",
  "list-ordered",
  "map",
  "map-pin",
  "maximize",
  "message-square",
  "minus",
  "network",
  "play",
  "plus",
  "printer",
  "quote",
  "scale",
  "scroll-text",
  "search",
  "ship",
  "sun-moon",
  "table",
  "tags",
  "trash-2",
  "triangle-alert",
  "user-round",
  "wrench",
  "x",
];

const lock = JSON.parse(readFileSync(join(HERE, "package-lock.json"), "utf8"));
const files = [];
const used = new Set();

function about(name) {
  const entry = lock.packages[`node_modules/${name}`];
  if (!entry) throw new Error(`${name} is not in package-lock.json`);
  used.add(name);
  return { name, version: entry.version, licence: entry.license, source: `pkg:npm/${name.replace("@", "%40")}@${entry.version}` };
}

function put(file, content, packages) {
  const bytes = Buffer.from(content);
  writeFileSync(join(OUT, file), bytes);
  files.push({ file, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex"), packages: packages.map(about) });
}

function fromPackage(name, path) {
  return readFileSync(join(HERE, "node_modules", name, path));
}

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });

/** Bundle an entry into one module; return it with the packages that really went in, as the metafile tells. */
async function bundled(entry) {
  const bundle = await build({
    entryPoints: [join(HERE, entry)],
    absWorkingDir: HERE,
    bundle: true,
    charset: "utf8",
    format: "esm",
    legalComments: "none",
    metafile: true,
    minify: true,
    target: ["es2022"],
    write: false,
  });
  const inside = new Set();
  for (const input of Object.keys(bundle.metafile.inputs)) {
    const found = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input);
    if (found) inside.add(found[1]);
  }
  return [bundle.outputFiles[0].contents, [...inside].sort()];
}

// The editor, and the forces of the graph page.
for (const [label, name] of [
  ["codemirror", "@codemirror/view"],
  ["d3-force", "d3-force"],
]) {
  put(`${label}-${about(name).version}.mjs`, ...(await bundled(`${label}.mjs`)));
}

// The fonts: Latin, and the rest of Latin only for pages where such letters occur (unicode-range in page.css).
for (const [name, path, label] of [
  ["@fontsource-variable/source-sans-3", "files/source-sans-3-latin-wght-normal.woff2", "source-sans-3-latin"],
  ["@fontsource-variable/source-sans-3", "files/source-sans-3-latin-ext-wght-normal.woff2", "source-sans-3-latin-ext"],
  ["@fontsource/ibm-plex-mono", "files/ibm-plex-mono-latin-400-normal.woff2", "ibm-plex-mono-latin"],
  ["@fontsource/ibm-plex-mono", "files/ibm-plex-mono-latin-ext-400-normal.woff2", "ibm-plex-mono-latin-ext"],
]) {
  put(`${label}-${about(name).version}.woff2`, fromPackage(name, path), [name]);
}

// The icons, as symbols of one file; `stroke` takes the colour of the text around them.
const symbols = ICONS.map((icon) => {
  const svg = fromPackage("lucide-static", `icons/${icon}.svg`).toString("utf8");
  const inner = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(svg)[1].trim().replace(/\s*\n\s*/g, "");
  return `<symbol id="${icon}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${inner}</symbol>`;
});
put(
  `lucide-${about("lucide-static").version}.svg`,
  `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`,
  ["lucide-static"],
);

// The map goes where the drawings are; the outlines are of Natural Earth, in the public domain.
const map = world(
  JSON.parse(fromPackage("world-atlas", "countries-50m.json")),
  JSON.parse(fromPackage("i18n-iso-countries", "codes.json")),
);
const outlines = Buffer.from(
  `{"about":${JSON.stringify(map.about)},"width":${map.width},"height":${map.height},"projection":${JSON.stringify(map.projection)},"territories":[\n` +
    map.territories.map((one) => JSON.stringify(one)).join(",\n") +
    "\n]}\n",
);
writeFileSync(join(PACKAGE, "drawings", "world.json"), outlines);
const elsewhere = [
  {
    file: "drawings/world.json",
    bytes: outlines.length,
    sha256: createHash("sha256").update(outlines).digest("hex"),
    packages: ["world-atlas", "i18n-iso-countries"].map(about),
    note: "Outlines: Natural Earth 1:50m, public domain. Boundaries are not authoritative.",
  },
];

// Every licence text once per package.
const licences = [...used].sort().map((name) => {
  const folder = join(HERE, "node_modules", name);
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  if (!file || !existsSync(join(folder, file))) throw new Error(`${name} has no licence text`);
  const { version, licence } = about(name);
  return `${name} ${version} (${licence})\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
});
writeFileSync(join(OUT, "LICENSES.txt"), licences.join(`\n${"=".repeat(100)}\n\n`));
writeFileSync(join(OUT, "vendor.json"), JSON.stringify({ files, elsewhere }, null, 2) + "\n");
for (const { file, bytes } of files) console.log(`${String(bytes).padStart(8)} ${file}`);
