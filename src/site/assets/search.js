"use strict";
// Finds words in the parts of the index, which are scripts beside this one that call zeren(part, parts, entries).
const MOST = 200;
const fold = text => text.normalize("NFKC").toLowerCase();
const query = new URLSearchParams(location.search).get("q") || "";
const terms = fold(query).split(/\s+/).filter(Boolean).map(term => {
  const not = term.length > 1 && term.startsWith("-");
  return { not, ways: (not ? term.slice(1) : term).split("|").filter(Boolean) };
});
const base = document.currentScript.src.replace(/[^/]*$/, "");
const list = document.getElementById("found");
const status = document.getElementById("status");
const kinds = status.dataset.kinds.split("|");
let count = 0;

const add = (parent, name, text, attributes = {}) => {
  const element = parent.appendChild(document.createElement(name));
  element.textContent = text;
  return Object.assign(element, attributes);
};

// The words around the first place that was found.
const excerpt = (parent, words) => {
  const wanted = terms.filter(term => !term.not).flatMap(term => term.ways);
  const [at, way] = wanted.map(way => [words.indexOf(way), way]).filter(([at]) => at >= 0).sort((a, b) => a[0] - b[0])[0] || [0, ""];
  const start = Math.max(0, at - 30);
  const line = add(parent, "p", (start ? "…" : "") + words.slice(start, at), { className: "soft", lang: "zh" });
  add(line, "strong", words.slice(at, at + way.length));
  line.append(words.slice(at + way.length, at + 90) + (words.length > at + 90 ? "…" : ""));
};

globalThis.zeren = (part, parts, entries) => {
  for (const [href, kind, title, below, words] of entries) {
    if (!terms.every(term => term.not !== term.ways.some(way => words.includes(way)))) continue;
    if (++count > MOST) continue;
    const item = list.appendChild(document.createElement("li"));
    add(item, "a", title, { href });
    add(item, "span", ` ${kinds[kind]} · ${below}`, { className: "soft" });
    if (kind === 2) excerpt(item, words);
  }
  const words = count > MOST ? status.dataset.cut : status.dataset.found;
  status.textContent = words.replace("{n}", count).replace("{m}", MOST);
  if (part + 1 < parts) load(part + 1);
};

const load = part => document.head.append(Object.assign(document.createElement("script"), { src: `${base}index-${part}.js` }));

for (const field of document.getElementsByName("q")) field.value = query;
if (terms.length) load(0);
