// Makes the map of the world: outlines of Natural Earth, simplified, in the Equal Earth projection, as paths of SVG.

import { geoArea, geoCentroid, geoEqualEarth, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import { presimplify, quantile, simplify } from "topojson-simplify";

const WIDTH = 960;
// Of the points of the outlines, those that matter most to their shape.
const KEPT = 0.18;
// Nobody trades with Antarctica; without it the rest is drawn larger.
const LEFT_OUT = new Set(["ATA"]);
// Features that Natural Earth draws apart and ISO 3166-1 has no number for: land, but no country of the data.
const NO_NUMBER = "";

/** Return the map; `atlas` is a topology of world-atlas, `codes` are [alpha-2, alpha-3, numeric, …] of ISO 3166-1. */
export function world(atlas, codes) {
  const alpha3 = new Map(codes.map(([, three, numeric]) => [numeric, three]));
  const weighed = presimplify(atlas);
  const thin = simplify(weighed, quantile(weighed, KEPT));
  const whole = feature(atlas, atlas.objects.countries).features;
  const shapes = feature(thin, thin.objects.countries).features;
  const code = (one) => (one.id ? alpha3.get(one.id) ?? NO_NUMBER : NO_NUMBER);
  const shown = { type: "FeatureCollection", features: whole.filter((one) => !LEFT_OUT.has(code(one))) };
  const projection = geoEqualEarth().rotate([-10.5, 0]).fitWidth(WIDTH, shown);
  const height = Math.ceil(geoPath(projection).bounds(shown)[1][1]) + 1;
  const draw = geoPath(projection).digits(1);
  const exact = geoPath(projection);
  const territories = [];
  for (const [index, one] of whole.entries()) {
    const alpha = code(one);
    if (LEFT_OUT.has(alpha)) continue;
    const path = compact(draw(shapes[index]) ?? "");
    const area = exact.area(one);
    // The largest part stands for a country with lands overseas.
    const largest = parts(one).sort((a, b) => geoArea(b) - geoArea(a))[0];
    const [x, y] = projection(geoCentroid(largest)).map(round);
    territories.push({ id: one.id ?? "", code: alpha.toLowerCase(), d: path, area: round(area), x, y });
  }
  // Natural Earth gives reefs of Australia its number too: the largest keeps it.
  const largest = new Map();
  for (const one of territories) if (one.area > (largest.get(one.code)?.area ?? -1)) largest.set(one.code, one);
  for (const one of territories) if (one.code && largest.get(one.code) !== one) one.code = NO_NUMBER;
  territories.sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : a.x - b.x));
  const [x, y] = projection.translate();
  return {
    about: "Natural Earth 1:50m, public domain, simplified; Equal Earth projection. Boundaries are not authoritative.",
    width: WIDTH,
    height,
    projection: { name: "Equal Earth", scale: +projection.scale().toFixed(6), x: +x.toFixed(6), y: +y.toFixed(6), meridian: 10.5 },
    territories,
  };
}

function parts(one) {
  const { type, coordinates } = one.geometry;
  return type === "Polygon" ? [one.geometry] : coordinates.map((part) => ({ type: "Polygon", coordinates: part }));
}

/** Write a path of absolute lines with steps from point to point: the same to the eye, and half as long. */
function compact(path) {
  return path
    .split(/(?=M)/)
    .map((ring) => {
      const points = ring.replace(/[MZ]/g, "").split("L").map((pair) => pair.split(",").map((one) => Math.round(one * 10)));
      let [x, y] = points[0];
      const steps = [];
      for (const [nextX, nextY] of points.slice(1)) {
        if (nextX === x && nextY === y) continue;
        steps.push(`${tenth(nextX - x)}${nextY < y ? "" : " "}${tenth(nextY - y)}`);
        [x, y] = [nextX, nextY];
      }
      return steps.length < 2 ? "" : `M${tenth(points[0][0])} ${tenth(points[0][1])}l${steps.join(" ").replaceAll(" -", "-")}z`;
    })
    .join("");
}

function tenth(value) {
  return String(value / 10).replace(/^(-?)0\./, "$1.");
}

function round(value) {
  return Math.round(value * 10) / 10;
}
