// The network to be explored. Words come from the page, data and looks from the server; run as a worker, the file lays out.
import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";

// The height of letters on the screen.
const LETTER = 13;
// The space between parts that are not joined.
const GAP = 60;
// The space around all, on the screen.
const EDGE = 40;
// How large what was chosen becomes at most.
const LARGE = 1.2;
// Below this width a square is but a dot, which names may cover, and how many may.
const DOT = 11;
const COVERING = 16;
// Where a name stands beside its square.
const SIDES = ["below", "above", "right", "left", "right below", "left below", "right above", "left above"];

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
    const options = { name: "fcose", quality, randomize: quality === "draft", animate: false, idealEdgeLength: 150, nodeRepulsion: 20000, numIter: 600 };
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

// Where something stands on the screen: left, upper, right, lower side; and what it counts for beside names, if it is but a dot.
function square(node) {
  const { x, y } = node.renderedPosition();
  const [wide, high] = [node.renderedOuterWidth() / 2, node.renderedOuterHeight() / 2];
  return [x - wide, y - high, x + wide, y + high, wide * 2 < DOT ? node.data("size") : Infinity];
}

// What is taken of the screen, in a grid, so that few of many are asked.
function taken() {
  const [fields, side] = [new Map(), 48];
  const at = ([x1, y1, x2, y2]) => {
    const found = [];
    for (let x = Math.floor(x1 / side); x <= x2 / side; x++) for (let y = Math.floor(y1 / side); y <= y2 / side; y++) found.push(`${x} ${y}`);
    return found;
  };
  return {
    take: box => at(box).forEach(key => fields.set(key, [...(fields.get(key) ?? []), box])),
    // whether nothing is there that counts for more
    isFree: (box, rank = 0) => !at(box).some(key => fields.get(key)?.some(other =>
      other[4] >= rank && box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])),
  };
}

// Names of the same size at every zoom: what is chosen first, then the most connected; on the side of their square where they
// lie on no other thing, or left out. Few of the most connected may cover dots of less connected ones: zoomed in, these stand free.
function name(cy) {
  const room = taken();
  const wide = label => [...label].reduce((sum, char) => sum + (char > "\u2e7f" ? LETTER : LETTER * 0.6), 0);
  const [w, h, high] = [cy.width(), cy.height(), LETTER * 1.4];
  const isSeen = ([x1, y1, x2, y2]) => x2 > 0 && y2 > 0 && x1 < w && y1 < h;
  const seen = cy.nodes().not(".apart").filter(node => isSeen(square(node)));
  seen.forEach(node => room.take(square(node)));
  const first = node => (node.hasClass("chosen") ? 2 : node.hasClass("near") ? 1 : 0);
  const sides = new Map();
  let covering = 0;
  for (const node of seen.sort((a, b) => first(b) - first(a) || b.data("size") - a.data("size"))) {
    const [[x1, y1, x2, y2], own] = [square(node), wide(node.data("label"))];
    const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2];
    const [middle, below, above] = [[x - own / 2, x + own / 2], [y2 + 1, y2 + 1 + high], [y1 - 1 - high, y1 - 1]];
    const box = ([x1, x2], [y1, y2]) => [x1, y1, x2, y2];
    const boxes = {
      below: box(middle, below),
      above: box(middle, above),
      right: box([x2 + 3, x2 + 3 + own], [y - high / 2, y + high / 2]),
      left: box([x1 - 3 - own, x1 - 3], [y - high / 2, y + high / 2]),
      "right below": box([x1, x1 + own], below),
      "left below": box([x2 - own, x2], below),
      "right above": box([x1, x1 + own], above),
      "left above": box([x2 - own, x2], above),
    };
    const fits = ([x1, y1, x2, y2], rank) => x1 >= 0 && y1 >= 0 && x2 <= w && y2 <= h && room.isFree([x1, y1, x2, y2], rank);
    let side = SIDES.find(side => fits(boxes[side]));
    if (!side && covering < COVERING && node.data("kind") !== "task") {
      side = SIDES.find(side => fits(boxes[side], node.data("size")));
      if (side) covering += 1;
    }
    side ??= node.hasClass("chosen") ? SIDES[0] : undefined;
    if (!side) continue;
    room.take([...boxes[side], Infinity]);
    sides.set(node.id(), side);
  }
  cy.batch(() => {
    unname(cy);
    for (const [id, side] of sides) cy.getElementById(id).addClass(`named ${side}`);
  });
}

function unname(cy) {
  cy.nodes(".named").removeClass("named below above right left");
}

// The view in which some things fill the screen, but are no larger than they may be. Names do not count: they are given anew.
function view(cy, things, largest = cy.maxZoom()) {
  const { x1, y1, w, h } = things.boundingBox({ includeLabels: false });
  // cytoscape moves to a view that is too small for it, but does not zoom
  const zoom = Math.max(cy.minZoom(), Math.min(largest, (cy.width() - 2 * EDGE) / w, (cy.height() - 2 * EDGE) / h));
  return { zoom, pan: { x: cy.width() / 2 - zoom * (x1 + w / 2), y: cy.height() / 2 - zoom * (y1 + h / 2) } };
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
    { selector: ".named, .pointed", style: {
      "z-index": 1, label: "data(label)", "font-family": getComputedStyle(graph).fontFamily, "font-size": node => LETTER / node.cy().zoom(),
      "text-valign": "bottom", color: "#1d1d1b", "text-outline-color": "#fff",
      "text-outline-width": node => 2 / node.cy().zoom(), "text-background-color": "#fff", "text-background-opacity": 0.85, "text-margin-y": node => 3 / node.cy().zoom(),
    } },
    { selector: ".above", style: { "text-valign": "top", "text-margin-y": node => -3 / node.cy().zoom() } },
    { selector: ".right", style: { "text-halign": "right", "text-valign": "center", "text-margin-x": node => 3 / node.cy().zoom(), "text-margin-y": 0 } },
    { selector: ".left", style: { "text-halign": "left", "text-valign": "center", "text-margin-x": node => -3 / node.cy().zoom(), "text-margin-y": 0 } },
    { selector: ".right.below, .left.below", style: { "text-valign": "bottom", "text-margin-y": node => 3 / node.cy().zoom() } },
    { selector: ".right.above, .left.above", style: { "text-valign": "top", "text-margin-y": node => -3 / node.cy().zoom() } },
    { selector: ".right.below, .right.above", style: { "text-margin-x": node => -node.outerWidth() } },
    { selector: ".left.below, .left.above", style: { "text-margin-x": node => node.outerWidth() } },
    { selector: ".pointed", style: {
      "z-index": 2, "text-background-opacity": 1, "text-background-padding": node => 3 / node.cy().zoom(),
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
  // a name that had no room is read by pointing at its square
  cy.on("mouseover", "node", ({ target }) => target.addClass("pointed"));
  cy.on("mouseout", "node", ({ target }) => target.removeClass("pointed"));
  name(cy);
  let moved = false;
  cy.on("grab viewport", ({ type, originalEvent }) => { moved ||= type === "grab" || !!originalEvent; });
  const worker = new Worker(own);
  worker.addEventListener("message", ({ data: places }) => {
    cy.layout({ name: "preset", positions: node => places[node.id()] ?? node.position(), fit: false }).run();
    if (!moved) cy.viewport(view(cy, cy.elements()));
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
    cy.animate({ ...view(cy, around, LARGE), duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 300 });
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
  // what is asked for now counts, not where a movement was to end
  const zoom = factor => cy.stop().zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  const tools = { in: () => zoom(1.4), out: () => zoom(1 / 1.4), fit: () => cy.stop().viewport(view(cy, cy.elements())) };
  for (const button of document.querySelectorAll("[data-tool]")) button.addEventListener("click", tools[button.dataset.tool]);
  document.getElementById("filters").addEventListener("change", ({ currentTarget }) => currentTarget.requestSubmit());
  if (box.dataset.centre) choose(box.dataset.centre).catch(failed);
}
