// The parts of D3 that the graph page uses, as one module.
export { drag } from "d3-drag";
export { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
export { pointer, select, selectAll } from "d3-selection";
export { zoom, zoomIdentity, zoomTransform } from "d3-zoom";
