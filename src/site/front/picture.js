// A picture that Graphviz lays out in the browser, to be moved, zoomed and kept.
import Panzoom from "@panzoom/panzoom";

// below this share of its size letters are dots
const READABLE = 0.4;

const box = document.getElementById("drawing");
const state = document.getElementById("state");
const worker = new Worker(new URL("graphviz.js", document.currentScript.src));
const failed = why => { state.textContent = `${state.dataset.failed} ${why}`; };

worker.addEventListener("error", ({ message }) => failed(message));
worker.addEventListener("message", ({ data: { svg, error } }) => error ? failed(error) : show(svg));
fetch(box.dataset.dot)
  .then(async answer => answer.ok ? worker.postMessage(await answer.text()) : failed(await answer.text()))
  .catch(failed);

function show(text) {
  const svg = document.adoptNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement);
  const { width, height } = svg.viewBox.baseVal;
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", box.dataset.name);
  box.replaceChildren(svg);
  state.textContent = "";
  // whole at first, unless it is so long that nothing could be read: then as wide as the page, from its top
  const whole = Math.min(1, box.clientWidth / width, box.clientHeight / height);
  const first = whole < READABLE ? Math.min(1, box.clientWidth / width) : whole;
  svg.setAttribute("width", width);
  svg.setAttribute("height", height);
  const options = { maxScale: 6, minScale: whole / 2, startScale: first, origin: "0 0", touchAction: "none" };
  const zoom = Panzoom(svg, options);
  box.addEventListener("wheel", zoom.zoomWithWheel, { passive: false });
  const tools = { in: () => zoom.zoomIn(), out: () => zoom.zoomOut(), fit: () => { zoom.pan(0, 0); zoom.zoom(whole); }, actual: () => zoom.zoom(1) };
  for (const button of document.querySelectorAll("[data-tool]")) button.addEventListener("click", tools[button.dataset.tool]);
  const keep = document.getElementById("keep");
  keep.href = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  keep.hidden = false;
}
