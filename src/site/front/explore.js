// The network to be explored. Words come from the page, data and looks from the server; run as a worker, the file lays out.
import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";

// The height of letters on the screen.
const LETTER = 13;
// The space between parts that are not joined.
const GAP = 60;

// Where things are until the layout is known: what is connected most in the middle.
const FIRST = { name: "concentric", concentric: node => node.data("size"), levelWidth: () => 6, minNodeSpacing: 40, padding: 20 };

cytoscape.use(fcose);
const own = globalThis.document?.currentScript.src;
const graph = globalThis.document?.getElementById("graph");
if (graph) show(graph);
else if (!own) addEventListener("message", ({ data }) => layOut(data));

// Answers with places, first rough ones, then better ones. What is not joined lies side by side, the largest first; the same
// graph gets the same places.
function layOut({ elements, ratio }) {
  let seed = 1;
  Math.random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const style = [{ selector: "node", style: { width: "data(size)", height: "data(size)" } }];
  const cy = cytoscape({ elements, headless: true, styleEnabled: true, style });
  const parts = cy.elements().components().sort((a, b) => b.nodes().length - a.nodes().length);
  for (const quality of ["draft", "default"]) {
    const options = { name: "fcose", quality, randomize: quality === "draft", animate: false, idealEdgeLength: 100, nodeRepulsion: 12000, numIter: 600 };
    for (const part of parts) part.layout(options).run();
    const boxes = parts.map(part => part.boundingBox());
    const width = Math.max(boxes[0]?.w ?? 0, Math.sqrt(1.3 * ratio * boxes.reduce((sum, { w, h }) => sum + (w + GAP) * (h + GAP), 0)));
    let [x, y, row] = [0, 0, 0];
    const places = {};
    parts.forEach((part, index) => {
      const { x1, y1, w, h } = boxes[index];
      if (x > 0 && x + w > width) [x, y, row] = [0, y + row + GAP, 0];
      for (const node of part.nodes()) places[node.id()] = { x: node.position("x") - x1 + x, y: node.position("y") - y1 + y };
      [x, row] = [x + w + GAP, Math.max(row, h)];
    });
    postMessage(places);
  }
}

function elements({ nodes, links }) {
  const ends = ({ from, to }) => [nodes[from].id, nodes[to].id];
  return [
    ...nodes.map(({ id, label, kind, weight }) => ({
      data: { id, label, kind, size: kind === "task" ? 14 : Math.min(80, 16 + 4 * Math.sqrt(weight)) },
    })),
    ...links.map(link => {
      const [source, target] = ends(link);
      const id = (link.role === "common" ? [source, target].sort() : [source, target]).join(" ");
      const { role, lead, tasks } = link;
      return { data: { id, source, target, role, lead, width: Math.min(9, 0.5 + 0.45 * Math.sqrt(tasks) + 0.06 * tasks) } };
    }),
  ];
}

// Names of the same size at every zoom: the most connected first, those that would lie on another left out.
function name(cy) {
  const taken = [];
  const wide = label => [...label].reduce((sum, char) => sum + (char > "\u2e7f" ? LETTER : LETTER * 0.6), 0);
  const { w, h } = { w: cy.width(), h: cy.height() };
  const named = cy.collection().union(cy.nodes(".chosen, .near")).union(cy.nodes().not(".apart")).filter(node => {
    const { x, y } = node.renderedPosition();
    const [top, half] = [y + node.renderedHeight() / 2, wide(node.data("label")) / 2];
    if (x < 0 || y < 0 || x > w || y > h) return false;
    const box = [x - half, top, x + half, top + LETTER * 1.5];
    if (taken.some(other => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) return false;
    return taken.push(box);
  });
  cy.batch(() => {
    cy.nodes(".named").removeClass("named");
    named.addClass("named");
  });
}

function looks({ nodes, links }, large) {
  const arrow = large ? {} : { "arrow-scale": 0.8, "curve-style": "straight" };
  return [
    { selector: "node", style: {
      width: "data(size)", height: "data(size)", shape: "rectangle", "border-width": 2,
    } },
    { selector: "edge", style: { "curve-style": "haystack", "haystack-radius": 0, opacity: 0.6, ...arrow } },
    ...Object.entries(nodes).map(([kind, { line, fill, style }]) => ({
      selector: `node[kind = "${kind}"]`, style: { "border-color": line, "background-color": fill, "border-style": style },
    })),
    { selector: "node[kind = \"task\"]", style: { shape: "round-rectangle", "border-width": 1.5 } },
    ...Object.entries(links).map(([role, { style, width, colour }]) => ({
      selector: `edge[role = "${role}"]`,
      style: { width, "line-style": style, "line-color": colour, "target-arrow-color": colour, "source-arrow-color": colour },
    })),
    { selector: "edge[role = \"common\"]", style: { width: "data(width)" } },
    { selector: "edge[role = \"common\"][lead > 0]", style: large ? {} : { "target-arrow-shape": "triangle" } },
    { selector: "edge[role = \"common\"][lead < 0]", style: large ? {} : { "source-arrow-shape": "triangle" } },
    { selector: ".apart", style: { opacity: 0.1 } },
    { selector: ".chosen", style: { "border-width": 5, "border-color": "#8a2b1c" } },
    { selector: ".named", style: {
      "z-index": 1, label: "data(label)", "font-family": getComputedStyle(graph).fontFamily, "font-size": node => LETTER / node.cy().zoom(),
      "text-valign": "bottom", color: "#1d1d1b", "text-outline-color": "#fff",
      "text-outline-width": node => 2 / node.cy().zoom(), "text-margin-y": node => 3 / node.cy().zoom(),
    } },
  ];
}

async function show(box) {
  const panel = document.getElementById("panel");
  const get = async (address, node) => {
    const answer = await fetch(node ? `${address}&node=${encodeURIComponent(node)}` : address);
    if (!answer.ok) throw new Error(answer.statusText);
    return answer;
  };
  const failed = () => { document.getElementById("state").textContent = box.dataset.failed; };
  const data = await get(box.dataset.from).then(answer => answer.json()).catch(failed);
  if (!data) return;

  const large = data.links.length > 1500;
  const cy = cytoscape({
    container: box, elements: elements(data), style: looks(data.looks, large), layout: FIRST,
    minZoom: 0.02, maxZoom: 3, hideEdgesOnViewport: large, textureOnViewport: large, pixelRatio: large ? 1 : "auto",
  });
  // for tests, and for those who look
  box.explorer = cy;

  let waiting;
  const renamed = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => name(cy), 120);
  };
  cy.on("viewport dragfree add", renamed);
  name(cy);
  let moved = false;
  cy.on("grab viewport", ({ type, originalEvent }) => { moved ||= type === "grab" || !!originalEvent; });
  const worker = new Worker(own);
  worker.addEventListener("message", ({ data: places }) => {
    cy.layout({ name: "preset", positions: node => places[node.id()] ?? node.position(), fit: !moved, padding: 20 }).run();
    renamed();
    box.dataset.laid = Number(box.dataset.laid ?? 0) + 1;
  });
  worker.postMessage({ elements: elements(data), ratio: cy.width() / cy.height() });

  // what is around a node comes into view, all else steps back
  const choose = async id => {
    const [page, near] = await Promise.all([
      get(box.dataset.panel, id).then(answer => answer.text()),
      get(box.dataset.from, id).then(answer => answer.json()),
    ]);
    panel.replaceChildren(...new DOMParser().parseFromString(page, "text/html").body.childNodes);
    const centre = cy.getElementById(id);
    const at = centre.nonempty() ? centre.position() : { x: 0, y: 0 };
    const added = elements(near).filter(one => cy.getElementById(one.data.id).empty());
    const nodes = added.filter(one => !one.data.source);
    nodes.forEach((one, index) => {
      const angle = (2 * Math.PI * index) / nodes.length;
      one.position = { x: at.x + 220 * Math.cos(angle), y: at.y + 220 * Math.sin(angle) };
    });
    cy.add(added);
    const chosen = cy.getElementById(id);
    const around = chosen.closedNeighborhood();
    cy.batch(() => {
      cy.elements().removeClass("chosen near").addClass("apart");
      around.removeClass("apart").addClass("near");
      chosen.addClass("chosen");
    });
    renamed();
    cy.animate({ center: { eles: chosen }, duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 300 });
  };
  cy.on("tap", "node", ({ target }) => choose(target.id()).catch(failed));
  cy.on("tap", ({ target }) => {
    if (target !== cy) return;
    cy.elements().removeClass("apart near chosen");
    renamed();
  });
  document.addEventListener("click", event => {
    const link = event.target.closest("[data-node]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(link.dataset.node).then(() => box.scrollIntoView({ block: "nearest" })).catch(failed);
  });
  document.getElementById("find").addEventListener("submit", event => {
    const words = new FormData(event.target).get("node").trim();
    const found = cy.nodes().filter(node => node.data("label") === words)[0] ?? cy.nodes().filter(node => node.data("label").includes(words))[0];
    if (!words || !found) return;
    event.preventDefault();
    choose(found.id()).catch(failed);
  });
  const zoom = factor => cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  const tools = { in: () => zoom(1.4), out: () => zoom(1 / 1.4), fit: () => cy.fit(undefined, 20) };
  for (const button of document.querySelectorAll("[data-tool]")) button.addEventListener("click", tools[button.dataset.tool]);
  document.getElementById("filters").addEventListener("change", ({ currentTarget }) => currentTarget.requestSubmit());
  if (box.dataset.centre) choose(box.dataset.centre).catch(failed);
}
