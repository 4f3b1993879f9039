// Makes src/tradegraph/web/static/vendor/: the code bundle, the fonts, the icons, what they are and their licences.
// Run by a developer (`npm ci && npm run build`), never on installing tradegraph. Same lock file, same bytes.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const OUT = join(HERE, "..", "..", "src", "tradegraph", "web", "static", "vendor");
const ICONS = [
  "arrow-down",
  "arrow-down-up",
  "arrow-up",
  "check",
  "chevron-left",
  "chevron-right",
  "circle-alert",
  "circle-check",
  "circle-stop",
  "code",
  "copy",
  "download",
  "external-link",
  "history",
  "info",
  "lightbulb",
  "link",
  "play",
  "plus",
  "search",
  "sun-moon",
  "trash-2",
  "triangle-alert",
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

// The editor. The metafile tells which packages really went in.
const bundle = await build({
  entryPoints: [join(HERE, "codemirror.mjs")],
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
put(`codemirror-${about("@codemirror/view").version}.mjs`, bundle.outputFiles[0].contents, [...inside].sort());

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

// Every licence text once per package.
const licences = [...used].sort().map((name) => {
  const folder = join(HERE, "node_modules", name);
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  if (!file || !existsSync(join(folder, file))) throw new Error(`${name} has no licence text`);
  const { version, licence } = about(name);
  return `${name} ${version} (${licence})\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
});
writeFileSync(join(OUT, "LICENSES.txt"), licences.join(`\n${"=".repeat(100)}\n\n`));
writeFileSync(join(OUT, "vendor.json"), JSON.stringify({ files }, null, 2) + "\n");
for (const { file, bytes } of files) console.log(`${String(bytes).padStart(8)} ${file}`);
