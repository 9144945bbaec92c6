// Draws the same map with both libraries and reports medians of wall time in milliseconds.
// Each step draws at once, without waiting for a frame, and reads one pixel of every canvas back:
// otherwise only the recording of the drawing would be measured and not the drawing itself.
"use strict";

const WIDTH = 1400;
const HEIGHT = 800;
const stage = document.getElementById("stage");

function median(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

// Libraries fill their caches between frames: they get the time for it.
const frames = (count) =>
  new Promise((done) => {
    const next = () => (count-- > 0 ? requestAnimationFrame(next) : done());
    next();
  });

function drain() {
  for (const canvas of stage.querySelectorAll("canvas")) {
    const context = canvas.getContext("2d");
    if (context && canvas.width && canvas.height) context.getImageData(0, 0, 1, 1);
  }
}

async function timed(step, rounds) {
  const times = [];
  for (let at = 0; at < rounds + 2; at++) {
    const start = performance.now();
    step(at);
    drain();
    times.push(performance.now() - start);
    await frames(1);
  }
  return median(times.slice(2));
}

async function measure(peer, rounds, corner, scale) {
  const found = {};
  peer.fit();
  await frames(20);
  found.repaint_fit = await timed(() => peer.repaint(), rounds);
  found.again_fit = await timed(() => peer.paint(), rounds);
  found.pan_fit = await timed((at) => peer.pan(at % 20 < 10 ? 20 : -20), rounds);
  found.zoom_fit = await timed((at) => peer.zoom(at % 2 ? 1.1 : 1 / 1.1), rounds);
  // From afar ours draws no dashes either.
  peer.dash(true);
  peer.look(scale, corner);
  await frames(20);
  found.repaint_near = await timed(() => peer.repaint(), rounds);
  found.again_near = await timed(() => peer.paint(), rounds);
  found.pan_near = await timed((at) => peer.pan(at % 20 < 10 ? 20 : -20), rounds);
  found.zoom_near = await timed((at) => peer.zoom(at % 2 ? 1.1 : 1 / 1.1), rounds);
  peer.look(scale, corner);
  await frames(20);
  found.drag = await timed((at) => peer.drag(10 + 8 * (at % 12), 6), rounds);
  peer.dash(false);
  peer.look(scale, corner);
  await frames(20);
  found.repaint_solid = await timed(() => peer.repaint(), rounds);
  return found;
}

function withCytoscape(map) {
  const cards = map.cards.map((card) => ({
    data: { id: card.id, label: card.name, w: card.width, h: card.height },
    position: { x: card.x + card.width / 2, y: card.y + card.height / 2 },
  }));
  const links = map.links.map((link) => ({
    data: {
      id: link.id, source: link.from, target: link.to, label: link.text,
      colour: link.colour, width: link.width, dash: link.dash,
    },
  }));
  const cy = cytoscape({
    container: stage,
    elements: [...cards, ...links],
    layout: { name: "preset", fit: false },
    pixelRatio: 1,
    style: [
      {
        selector: "node",
        style: {
          shape: "round-rectangle", width: "data(w)", height: "data(h)", "background-color": "#fff",
          "border-width": 1.5, "border-color": "#47568a", label: "data(label)", "font-size": 14,
          "text-valign": "center", "text-wrap": "wrap", "text-max-width": 130,
        },
      },
      {
        selector: "edge",
        style: {
          width: "data(width)", "line-color": "data(colour)", "curve-style": "bezier",
          "target-arrow-shape": "triangle", "target-arrow-color": "data(colour)",
          label: "data(label)", "font-size": 11, "text-background-color": "#fff",
          "text-background-opacity": 1,
        },
      },
    ],
  });
  const renderer = cy.renderer();
  const paint = () => {
    renderer.redrawHint("eles", true);
    renderer.redrawHint("drag", true);
    renderer.render();
  };
  // It keeps whole layers of the picture as bitmaps; a full repaint draws the elements again (each
  // card may still come from its own bitmap, as ours do).
  const repaint = () => {
    renderer.data.lyrTxrCache.invalidateElements(cy.elements());
    paint();
  };
  const card = cy.getElementById(map.dragged);
  const home = { ...card.position() };
  return {
    paint,
    repaint,
    fit: () => { cy.fit(undefined, 24); paint(); },
    pan: (by) => { cy.panBy({ x: by, y: 0 }); paint(); },
    zoom: (factor) => {
      cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: WIDTH / 2, y: HEIGHT / 2 } });
      paint();
    },
    look: (scale, [x, y]) => {
      cy.viewport({ zoom: scale, pan: { x: -x * scale, y: -y * scale } });
      paint();
    },
    drag: (dx, dy) => { card.position({ x: home.x + dx, y: home.y + dy }); paint(); },
    dash: (on) => cy.edges().forEach((edge) => {
      const dash = edge.data("dash");
      edge.style({ "line-style": on && dash.length ? "dashed" : "solid", "line-dash-pattern": dash });
    }),
    visible: () => {
      const seen = cy.extent();
      return cy.nodes().filter((node) => {
        const box = node.boundingBox();
        return box.x2 > seen.x1 && box.x1 < seen.x2 && box.y2 > seen.y1 && box.y1 < seen.y2;
      }).length;
    },
    close: () => cy.destroy(),
  };
}

function withVis(map) {
  const nodes = map.cards.map((card) => ({
    id: card.id, label: card.name, x: card.x + card.width / 2, y: card.y + card.height / 2,
    shape: "box", widthConstraint: card.width - 10, heightConstraint: card.height - 10,
    color: { background: "#fff", border: "#47568a" }, borderWidth: 1.5,
  }));
  const edges = map.links.map((link) => ({
    id: link.id, from: link.from, to: link.to, label: link.text, color: link.colour,
    width: link.width,
  }));
  const network = new vis.Network(stage, { nodes, edges }, {
    physics: false,
    layout: { improvedLayout: false },
    interaction: { dragView: false, zoomView: false },
    edges: { smooth: { type: "continuous" }, arrows: "to", font: { size: 11 } },
    nodes: { font: { size: 14 } },
  });
  const view = network.body.view;
  const paint = () => network.renderer._redraw();
  const home = map.cards.find((card) => card.id === map.dragged);
  const zoomTo = (scale) => {
    const factor = scale / view.scale;
    view.translation.x = (view.translation.x - WIDTH / 2) * factor + WIDTH / 2;
    view.translation.y = (view.translation.y - HEIGHT / 2) * factor + HEIGHT / 2;
    view.scale = scale;
  };
  return {
    paint,
    repaint: paint,
    fit: () => { network.fit({ animation: false }); paint(); },
    pan: (by) => { view.translation.x += by; paint(); },
    zoom: (factor) => { zoomTo(view.scale * factor); paint(); },
    look: (scale, [x, y]) => {
      view.scale = scale;
      view.translation = { x: -x * scale, y: -y * scale };
      paint();
    },
    drag: (dx, dy) => {
      const node = network.body.nodes[map.dragged];
      node.x = home.x + home.width / 2 + dx;
      node.y = home.y + home.height / 2 + dy;
      paint();
    },
    dash: (on) => network.body.data.edges.update(map.links.map((link) => ({
      id: link.id, dashes: on && link.dash.length ? link.dash : false,
    }))),
    visible: () => {
      const at = (card) => network.canvasToDOM({ x: card.x, y: card.y });
      return map.cards.filter((card) => {
        const { x, y } = at(card);
        return x > -card.width && x < WIDTH && y > -card.height && y < HEIGHT;
      }).length;
    },
    close: () => network.destroy(),
  };
}

async function main() {
  const maps = await (await fetch("maps.json")).json();
  const results = [];
  for (const map of maps) {
    for (const [name, make] of [["cytoscape.js", withCytoscape], ["vis-network", withVis]]) {
      const start = performance.now();
      const peer = make(map);
      peer.fit();
      drain();
      const built = performance.now() - start;
      const found = await measure(peer, map.rounds, map.corner, map.scale);
      peer.look(map.scale, map.corner);
      results.push({ map: map.title, peer: name, built, visible: peer.visible(), ...found });
      peer.close();
      stage.replaceChildren();
      await frames(10);
    }
  }
  await fetch("results", { method: "POST", body: JSON.stringify(results) });
}

main().catch((error) => fetch("results", { method: "POST", body: JSON.stringify(String(error)) }));
