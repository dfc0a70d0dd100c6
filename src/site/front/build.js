// Bundles the parts of the pages that run in a browser, and gathers the licences of what is bundled.
// Run as: node build.js MODULES OUT, where MODULES is the folder `node_modules` that `npm ci` filled.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const [modules, out] = process.argv.slice(2).map(path => resolve(path));
const own = dirname(fileURLToPath(import.meta.url));
const require = createRequire(join(modules, "at"));
const { buildSync } = require("esbuild");

const ALLOWED = ["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0"];
const PARTS = ["explore.js", "editor.js", "picture.js", "graphviz.js"];

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const { metafile } = buildSync({
  entryPoints: PARTS.map(part => join(own, part)),
  outdir: out,
  bundle: true,
  minify: true,
  metafile: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  define: { "import.meta.url": "self.location.href" },
  nodePaths: [modules],
  absWorkingDir: own,
});

const bundled = new Set();
for (const input of Object.keys(metafile.inputs)) {
  const path = input.split("node_modules/").at(-1);
  if (path !== input) bundled.add(path.split("/").slice(0, path.startsWith("@") ? 2 : 1).join("/"));
}
const text = id => require(`spdx-license-list/licenses/${id}.json`).licenseText.replaceAll("\r", "").trim();
const licences = [...bundled].sort().map(name => {
  const { version, license, main } = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
  if (!ALLOWED.includes(license)) throw new Error(`${name}: the licence ${license} is not allowed`);
  const file = readdirSync(join(modules, name)).find(file => /^licen[cs]e(\.\w+)?$/i.test(file));
  const read = file => readFileSync(join(modules, name, file), "utf8").replaceAll("\r", "").trim();
  // a package without the text says at least whose it is
  const words = file ? read(file) : text(license).replace(/Copyright.*/, read(main).match(/Copyright.*/)[0]);
  return `${name} ${version} (${license})\n\n${words}`;
});
if (bundled.has("@viz-js/viz")) {
  licences.push(readFileSync(join(own, "graphviz.txt"), "utf8").trim(), text("EPL-1.0"), text("EPL-2.0"));
}
const rule = `\n\n${"-".repeat(72)}\n\n`;
writeFileSync(join(out, "licences.txt"), `${licences.join(rule)}\n`);
