// What scripts add to the graph page: parts replaced without a new page, zooming, dragging, free arrangement, keys.

const script = document.querySelector("script[data-force]");
const around = document.querySelector(".around");
const moved = new Map();
let force = null;
let free = false;
let simulation = null;
let view = null;

const drawing = () => document.querySelector("[data-part=drawing]");
const nodes = () => [...drawing().querySelectorAll(".graph-node")];
const edges = () => [...drawing().querySelectorAll(".graph-edge")];

/** Reads where the server placed a node. */
function placed(node) {
  const [x, y] = node.getAttribute("transform").match(/-?[\d.]+/g).map(Number);
  return { key: node.dataset.key, node, x, y };
}

/** Takes the parts of the page at `address` in place of those here; the address of the browser follows. */
async function go(address, push = true) {
  around.setAttribute("aria-busy", "true");
  const focused = document.activeElement?.closest("[data-part]")?.dataset.part;
  let page;
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    location.assign(address);
    return;
  }
  const before = new Map(nodes().map((node) => [node.dataset.key, placed(node)]));
  for (const part of document.querySelectorAll("[data-part]")) {
    const fresh = page.querySelector(`[data-part=${part.dataset.part}]`);
    if (fresh) part.replaceWith(document.adoptNode(fresh));
  }
  document.title = page.title;
  for (const link of document.querySelectorAll("link[hreflang], .languages a")) {
    const fresh = page.querySelector(`${link.localName}[hreflang=${link.getAttribute("hreflang")}]`);
    if (fresh) link.setAttribute("href", fresh.getAttribute("href"));
  }
  if (push) history.pushState(null, "", address);
  for (const one of document.querySelectorAll("[data-scripted]")) one.hidden = false;
  around.removeAttribute("aria-busy");
  view = null;
  if (free) arrange(before);
  if (focused === "drawing") drawing().querySelector(".chosen")?.focus({ preventScroll: true });
  else if (focused === "list") document.querySelector("[data-part=list] .uses a")?.focus({ preventScroll: true });
}

/** Draws nodes and lines where `moved` says. */
function draw() {
  for (const node of nodes()) {
    const at = moved.get(node.dataset.key);
    if (at) node.setAttribute("transform", `translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})`);
  }
  for (const edge of edges()) {
    const start = moved.get(edge.dataset.source);
    const end = moved.get(edge.dataset.target);
    if (!start || !end) continue;
    for (const path of edge.querySelectorAll("path")) {
      path.setAttribute("d", `M${start.x.toFixed(1)} ${start.y.toFixed(1)}L${end.x.toFixed(1)} ${end.y.toFixed(1)}`);
    }
  }
}

/** Arranges freely: what stood keeps its place (`before`), what is new settles around what it belongs to. */
async function arrange(before = null) {
  force ??= await import(script.dataset.force);
  simulation?.stop();
  const all = nodes().map(placed);
  const joints = edges().map((edge) => ({ source: edge.dataset.source, target: edge.dataset.target }));
  for (const one of all) {
    const old = moved.get(one.key);
    if (old && before?.has(one.key)) Object.assign(one, { x: old.x, y: old.y, fx: old.x, fy: old.y });
    else if (before) {
      const joint = joints.find((line) => [line.source, line.target].includes(one.key) && moved.has(line.source === one.key ? line.target : line.source));
      const parent = joint && moved.get(joint.source === one.key ? joint.target : joint.source);
      if (parent) Object.assign(one, { x: parent.x + 40, y: parent.y + 40 });
    }
  }
  for (const words of drawing().querySelectorAll(".edge-words")) words.setAttribute("visibility", "hidden");
  simulation = force
    .forceSimulation(all)
    .force("link", force.forceLink(joints).id((one) => one.key).distance(130).strength(0.35))
    .force("charge", force.forceManyBody().strength(-900).distanceMax(600))
    .force("x", force.forceX(drawing().viewBox.baseVal.width / 2).strength(0.05))
    .force("y", force.forceY(drawing().viewBox.baseVal.height / 2).strength(0.08))
    .force("apart", force.forceCollide(62))
    .stop();
  simulation.tick(before ? 60 : 250);
  moved.clear();
  for (const one of all) moved.set(one.key, { x: one.x, y: one.y });
  draw();
  fit();
}

/** Sets which part of the drawing is seen. */
function see(box) {
  view = box;
  drawing().setAttribute("viewBox", `${box.x} ${box.y} ${box.width} ${box.height}`);
}

function whole() {
  const all = nodes().map(placed);
  const xs = all.map((one) => one.x);
  const ys = all.map((one) => one.y);
  const x = Math.min(...xs) - 130;
  const y = Math.min(...ys) - 50;
  return { x, y, width: Math.max(...xs) + 130 - x, height: Math.max(...ys) + 80 - y };
}

function fit() {
  see(whole());
}

function zoom(by, at = null) {
  const box = view ?? whole();
  const middle = at ?? { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const width = Math.min(8000, Math.max(200, box.width / by));
  const height = (box.height * width) / box.width;
  see({
    x: middle.x - ((middle.x - box.x) * width) / box.width,
    y: middle.y - ((middle.y - box.y) * height) / box.height,
    width,
    height,
  });
}

/** The place in the drawing under the pointer. */
function under(event) {
  const matrix = drawing().getScreenCTM().inverse();
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
}

addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest("a.graph-node, a[data-stay]");
  if (!link) return;
  event.preventDefault();
  if (link.dataset.dragged) {
    delete link.dataset.dragged;
    return;
  }
  go(link.getAttribute("href"));
});
addEventListener("popstate", () => go(location.href, false));

document.querySelector("[data-arrange]").addEventListener("click", (event) => {
  free = !free;
  event.currentTarget.textContent = event.currentTarget.dataset[free ? "columns" : "free"];
  around.toggleAttribute("data-free", free);
  if (free) arrange();
  else {
    moved.clear();
    go(location.href, false);
  }
});
for (const button of document.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => zoom(Number(button.dataset.zoom)));
document.querySelector("[data-fit]").addEventListener("click", fit);

// Dragging: a node when arranged freely, else the drawing. A short movement is a click.
document.querySelector(".canvas").addEventListener("pointerdown", (event) => {
  if (!free || event.button) return;
  const start = under(event);
  const node = event.target.closest(".graph-node");
  const box = view ?? whole();
  const from = node ? { ...moved.get(node.dataset.key) } : null;
  event.preventDefault();
  const move = (next) => {
    const here = under(next);
    if (node) {
      moved.set(node.dataset.key, { x: from.x + here.x - start.x, y: from.y + here.y - start.y });
      if (Math.hypot(here.x - start.x, here.y - start.y) > 6) node.dataset.dragged = "yes";
      draw();
    } else {
      see({ ...view ?? box, x: (view ?? box).x - (here.x - start.x), y: (view ?? box).y - (here.y - start.y) });
    }
  };
  const end = () => {
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", end);
    removeEventListener("pointercancel", end);
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", end);
  addEventListener("pointercancel", end);
});

/** The nearest node in a direction, among those that a line leads to if there are any. */
function beside(node, dx, dy) {
  const here = placed(node);
  const key = node.dataset.key;
  const joined = new Set(edges().flatMap((edge) => [[edge.dataset.source, edge.dataset.target], [edge.dataset.target, edge.dataset.source]]).filter(([one]) => one === key).map(([, other]) => other));
  const ahead = nodes()
    .map(placed)
    .map((one) => ({ ...one, along: (one.x - here.x) * dx + (one.y - here.y) * dy, off: Math.abs((one.x - here.x) * dy) + Math.abs((one.y - here.y) * dx) }))
    .filter((one) => one.along > 1);
  const near = ahead.filter((one) => joined.has(one.key));
  return (dx && near.length ? near : ahead).sort((one, other) => one.along + 2 * one.off - other.along - 2 * other.off)[0]?.node;
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
document.querySelector(".canvas").addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const node = event.target.closest(".graph-node");
  if (node && ARROWS[event.key]) {
    event.preventDefault();
    const next = beside(node, ...ARROWS[event.key]);
    if (next) {
      node.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    }
  } else if (node && "eh".includes(event.key)) {
    document.querySelector(`[data-do=${event.key === "e" ? "expand" : "hide"}]`)?.click();
  } else if (event.key === "+" || event.key === "=") zoom(1.25);
  else if (event.key === "-") zoom(0.8);
  else if (event.key === "0") fit();
});

document.documentElement.toggleAttribute("data-ready", true);
