// Graphviz in a worker: DOT in, SVG out. The policy of this script alone allows WebAssembly.
import { instance } from "@viz-js/viz";

// Without fonts it knows the widths of Arial alone, and every byte that is not ASCII counts as a blank, a quarter of the size: a
// Chinese character, three bytes, gets too little room. While it is laid out, one of four bytes stands for it, and Arial for the
// fonts of the picture.
const PLANE = 0xf0000;
function layOut(viz, dot) {
  const fonts = /fontname="([^"]*)"/.exec(dot)?.[1] ?? "sans-serif";
  const wide = dot.replaceAll(`fontname="${fonts}"`, 'fontname="Arial"');
  const svg = viz.renderString(wide.replace(/[\u2010-\uffef]/g, char => String.fromCodePoint(PLANE + char.codePointAt())), { format: "svg" });
  const back = svg.replace(/[\u{f2010}-\u{fffef}]/gu, char => String.fromCodePoint(char.codePointAt() - PLANE));
  return back.replaceAll('font-family="Arial"', `font-family="${fonts}"`);
}

const viz = instance();
addEventListener("message", async ({ data }) => {
  try {
    postMessage({ svg: layOut(await viz, data) });
  } catch (error) {
    postMessage({ error: String(error.message ?? error) });
  }
});
