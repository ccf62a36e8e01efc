/** Builds the Vega-Lite layers of a picture of the plane: the map, the arrows and the points. */
import {
  coordinateAt,
  type Expression,
  type Kind,
  kinds,
  numberAt,
  type PlaneScene,
} from "./plane_scene.ts";

/**
 * The blue and vermilion from Okabe and Ito's palette. The map uses paler versions of these
 * colours.
 */
const colours = { real: "#0072b2", generated: "#d55e00", noise: "#777777" } as const;
const MAP_RANGE = ["#ef9a5d", "#fcfcfc", "#5ba6d9"];

/** The size and the legend of a picture. */
export interface Frame {
  readonly extent: number;
  readonly side: number;
  /** The kinds of points that the legend lists. */
  readonly shown: readonly Kind[];
}

/**
 * Returns a picture of the plane as a layered Vega-Lite chart.
 *
 * @param texts Vega expressions for the encoded parts of the scene
 * @param label Vega expression for the text in the upper left corner
 */
export function drawPlane(
  { map, arrows, ...points }: PlaneScene,
  texts: Readonly<Record<string, Expression>>,
  frame: Frame,
  label?: Expression,
) {
  const ticks = { values: [-2, 0, 2], title: null, grid: false, domain: false };
  const { extent, side } = frame;
  const scale = { domain: [-extent, extent], nice: false };
  const place = (field: "x" | "y") => ({
    field,
    type: "quantitative",
    scale: { ...scale, zero: false },
    axis: ticks,
  });
  const xy = { x: place("x"), y: place("y") };
  return {
    width: side,
    height: side,
    view: { stroke: "#999" },
    layer: [
      ...(map ? [drawMap(texts.map, Math.sqrt(map.length), frame, xy)] : []),
      ...(arrows ? drawArrows(texts.generated, texts.arrows, arrows.length, extent, xy) : []),
      ...kinds.flatMap((kind) =>
        points[kind] ? [drawPoints(texts[kind], points[kind].length, frame, xy, kind)] : []
      ),
      ...(label === undefined ? [] : [{
        data: { values: [{}] },
        mark: { type: "text", align: "left", fontSize: 13, fontWeight: "bold", x: 8, y: 14 },
        encoding: { text: { value: { expr: label } } },
      }]),
    ],
  };
}

type Places = Readonly<Record<"x" | "y", unknown>>;

function drawMap(text: Expression, cells: number, { extent }: Frame, xy: Places) {
  const edge = (i: string) => `(${i}) * ${2 * extent / cells} - ${extent}`;
  return {
    data: { sequence: { start: 0, stop: cells ** 2, as: "i" } },
    transform: [
      { calculate: numberAt(text, "datum.i"), as: "answer" },
      { calculate: edge(`datum.i % ${cells}`), as: "x" },
      { calculate: edge(`floor(datum.i / ${cells})`), as: "y" },
      // The rectangles overlap slightly, so that no background is visible between them.
      { calculate: edge(`datum.i % ${cells} + 1.1`), as: "x2" },
      { calculate: edge(`floor(datum.i / ${cells}) + 1.1`), as: "y2" },
    ],
    mark: { type: "rect", clip: true, strokeWidth: 0 },
    encoding: {
      ...xy,
      x2: { field: "x2" },
      y2: { field: "y2" },
      color: {
        field: "answer",
        type: "quantitative",
        scale: { domain: [0, 0.5, 1], range: MAP_RANGE, interpolate: "rgb" },
        legend: {
          title: ["D’s answer"],
          values: [0, 0.5, 1],
          gradientLength: 90,
          gradientThickness: 12,
        },
      },
    },
  };
}

function drawPoints(
  text: Expression,
  count: number,
  { extent, shown }: Frame,
  xy: Places,
  kind: Kind,
) {
  return {
    data: { sequence: { start: 0, stop: count, as: "i" } },
    transform: [
      { calculate: coordinateAt(text, "2 * datum.i", extent), as: "x" },
      { calculate: coordinateAt(text, "2 * datum.i + 1", extent), as: "y" },
    ],
    mark: {
      type: "circle",
      clip: true,
      opacity: kind === "real" ? 0.45 : 0.9,
      size: kind === "real" ? 8 : 20,
      stroke: "white",
      strokeWidth: kind === "real" ? 0 : 0.5,
    },
    encoding: {
      ...xy,
      fill: {
        datum: kind,
        type: "nominal",
        scale: { domain: shown, range: shown.map((name) => colours[name]) },
        legend: { title: "points", symbolSize: 60, symbolOpacity: 1 },
      },
    },
  };
}

function drawArrows(
  from: Expression,
  by: Expression,
  count: number,
  extent: number,
  xy: Places,
) {
  const data = { sequence: { start: 0, stop: count, as: "i" } };
  const transform = [
    { calculate: coordinateAt(from, "2 * datum.i", extent), as: "x" },
    { calculate: coordinateAt(from, "2 * datum.i + 1", extent), as: "y" },
    { calculate: `datum.x + ${coordinateAt(by, "2 * datum.i", extent)}`, as: "x2" },
    { calculate: `datum.y + ${coordinateAt(by, "2 * datum.i + 1", extent)}`, as: "y2" },
    { calculate: "atan2(datum.x2 - datum.x, datum.y2 - datum.y) * 180 / PI", as: "angle" },
  ];
  const [x, y] = ["x", "y"].map((name) => xy[name as "x" | "y"] as Record<string, unknown>);
  return [
    {
      data,
      transform,
      mark: { type: "rule", clip: true, color: "#333", strokeWidth: 1 },
      encoding: { ...xy, x2: { field: "x2" }, y2: { field: "y2" } },
    },
    {
      data,
      transform,
      mark: { type: "point", shape: "triangle", clip: true, filled: true, color: "#333", size: 22 },
      encoding: {
        x: { ...x, field: "x2" },
        y: { ...y, field: "y2" },
        angle: { field: "angle", type: "quantitative", scale: null },
      },
    },
  ];
}
