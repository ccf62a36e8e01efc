/**
 * Charts of the plane: the discriminator's answers as a map, real and generated points on it, and
 * arrows from the generated ones; one moment, several side by side, or many behind a slider.
 *
 * Maps and points are written as digits in a text, which the chart takes apart when it is drawn: a
 * notebook's file gives each number of a table a line of its own, and would have 100,000 lines.
 */
import type { ChartSpec } from "./charts.ts";

type Point = readonly [x: number, y: number];

/** What is to be seen in one picture of the plane; what is missing is left out. */
export interface PlaneScene {
  /** Stands above the picture. */
  readonly title?: string;
  /** Answers from 0 to 1, a square of them in rows from the lower left. */
  readonly map?: ArrayLike<number>;
  readonly real?: readonly Point[];
  readonly generated?: readonly Point[];
  /** What points are generated from, as points. */
  readonly noise?: readonly Point[];
  /** The way that each generated point is to go. */
  readonly arrows?: readonly Point[];
}

export interface PlaneChartOptions {
  readonly title: string;
  readonly subtitle?: string;
  /** The picture shows −extent to extent in x and in y; default 3. */
  readonly extent?: number;
  /** Pixels of a side; default 240. Multiples of the map's cells leave no seams. */
  readonly side?: number;
  /** Pictures in a row; default: all. */
  readonly columns?: number;
}

/** A place in a chart's text, written in Vega's language of expressions. */
type Expression = string;

/** Digits of a number in a text. */
const DIGITS = 3;
const MOST = 10 ** DIGITS - 1;

/** Okabe and Ito's blue and vermilion, paler on the map than on the points. */
const colours = { real: "#0072b2", generated: "#d55e00", noise: "#777777" } as const;
type Kind = keyof typeof colours;
const kinds = Object.keys(colours) as Kind[];
const MAP_RANGE = ["#ef9a5d", "#fcfcfc", "#5ba6d9"];

/** Pictures of the plane side by side. */
export function planeChart(
  scenes: readonly PlaneScene[],
  { title, subtitle, extent = 3, side = 240, columns = scenes.length }: PlaneChartOptions,
): ChartSpec {
  const pictures = scenes.map((scene) => ({
    ...(scene.title !== undefined && { title: { text: scene.title, fontSize: 12, offset: 4 } }),
    ...drawPlane(scene, literalsOf(scene, extent), { extent, side, shown: kindsIn(scenes) }),
  }));
  return {
    title: { text: title, ...(subtitle !== undefined && { subtitle }) },
    concat: pictures,
    columns,
    spacing: 14,
    resolve: { scale: { color: "shared", fill: "shared" } },
  } as ChartSpec;
}

/** A moment that a slider leads to. */
export interface PlaneMoment extends PlaneScene {
  readonly step: number;
}

export interface PlaneSliderOptions extends PlaneChartOptions {
  /** Which moment is seen at first, and in the still picture; default: the last. */
  readonly first?: number;
}

/**
 * Moments of a training behind a slider, which needs no server. The moments are equally far apart
 * in steps, and have all the same parts; real points are those of the first.
 */
export function planeSlider(
  moments: readonly PlaneMoment[],
  options: PlaneSliderOptions,
): ChartSpec {
  const { title, subtitle, extent = 3, side = 400, first = moments.length - 1 } = options;
  const [{ step: min }, second] = moments;
  const every = second.step - min;
  const at = `[(step - ${min}) / ${every}]`;
  const texts = moments.map((moment) => textsOf(moment, extent));
  const names = (Object.keys(texts[0]) as (keyof Texts)[]).filter((name) => name !== "real");
  const places = {
    ...literalsOf(moments[0], extent),
    ...Object.fromEntries(names.map((name) => [name, `${name}Texts${at}`])),
  };
  return {
    title: { text: title, ...(subtitle !== undefined && { subtitle }) },
    params: [
      ...names.map((name) => ({ name: `${name}Texts`, value: texts.map((all) => all[name]) })),
      {
        name: "step",
        value: moments[first].step,
        bind: { input: "range", min, max: moments.at(-1)!.step, step: every, name: "step " },
      },
    ],
    ...drawPlane(
      moments[0],
      places,
      { extent, side, shown: kindsIn(moments) },
      "'step ' + step",
    ),
  } as ChartSpec;
}

/** The parts of a scene as digits. */
type Texts = { [Part in keyof Omit<PlaneScene, "title">]?: string };

function textsOf(scene: PlaneScene, extent: number): Texts {
  // What lies outside the picture is brought to its edge; so is the end of an arrow.
  const flat = (points: readonly Point[]) => points.flat().map((value) => value / extent / 2 + 0.5);
  const parts = [...kinds, "arrows" as const].filter((part) => scene[part]);
  return {
    ...(scene.map && { map: digits(Array.from(scene.map)) }),
    ...Object.fromEntries(parts.map((part) => [part, digits(flat(scene[part]!))])),
  };
}

/** Numbers from 0 to 1, what lies outside brought to the nearer end. */
function digits(values: readonly number[]): string {
  return values.map((value) =>
    String(Math.round(Math.max(0, Math.min(1, value)) * MOST)).padStart(DIGITS, "0")
  ).join("");
}

function literalsOf(scene: PlaneScene, extent: number): Record<string, Expression> {
  return Object.fromEntries(
    Object.entries(textsOf(scene, extent)).map(([name, text]) => [name, `'${text}'`]),
  );
}

function kindsIn(scenes: readonly PlaneScene[]): Kind[] {
  return kinds.filter((kind) => scenes.some((scene) => scene[kind]));
}

interface Frame {
  readonly extent: number;
  readonly side: number;
  /** What the legend names. */
  readonly shown: readonly Kind[];
}

function drawPlane(
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

/** The number at a place in a text, from 0 to 1. */
function numberAt(text: Expression, index: Expression): Expression {
  return `toNumber(substring(${text}, ${DIGITS} * (${index}), ${DIGITS} * (${index}) + ${DIGITS})) ` +
    `/ ${MOST}`;
}

function coordinateAt(text: Expression, index: Expression, extent: number): Expression {
  return `(2 * ${numberAt(text, index)} - 1) * ${extent}`;
}

function drawMap(text: Expression, cells: number, { extent }: Frame, xy: Places) {
  const edge = (i: string) => `(${i}) * ${2 * extent / cells} - ${extent}`;
  return {
    data: { sequence: { start: 0, stop: cells ** 2, as: "i" } },
    transform: [
      { calculate: numberAt(text, "datum.i"), as: "answer" },
      { calculate: edge(`datum.i % ${cells}`), as: "x" },
      { calculate: edge(`floor(datum.i / ${cells})`), as: "y" },
      // A little wider than a cell: where edges only touch, the page shines through.
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
