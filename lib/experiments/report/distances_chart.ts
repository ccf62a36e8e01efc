/**
 * Charts Fréchet distances against the number of generated images from which they were computed.
 */
import type { ChartSpec } from "../../display/charts.ts";
import type { GatheredGrid } from "./gather.ts";
import { readDistances } from "./read_distances.ts";

/**
 * Charts each row's distance against the number of images. There is one panel for each extractor.
 * The lines of the rows whose experiments are named in `marked` are coloured, and the lines of all
 * other rows are gray. A dashed line shows the distance of real images.
 */
export function distancesChart(
  { title, rows }: GatheredGrid,
  root: string,
  marked: readonly string[],
): ChartSpec {
  const whole = rows.filter(({ cells }) => cells.length > 0);
  const values = whole.flatMap((row) =>
    readDistances(row, root).map(({ extractor, images, generated }) => ({
      ...{ extractor: `${extractor} features`, images, distance: generated, row: row.label },
      of: marked.includes(row.experiment) ? "marked" : "other",
    }))
  );
  const floors = readDistances(whole[0], root).map(({ extractor, images, real }) => ({
    ...{ extractor: `${extractor} features`, images, distance: real, row: REAL, of: "real" },
  }));
  const named = whole.filter(({ experiment }) => marked.includes(experiment));
  const color = {
    field: "row",
    type: "nominal",
    scale: {
      domain: [...named.map(({ label }) => label), REAL],
      range: [...palette.slice(0, named.length), "#000000"],
    },
    legend: { title: null, orient: "top" },
  };
  const lines = (of: string, mark: object, coloured: boolean) => ({
    transform: [{ filter: `datum.of == '${of}'` }],
    mark: { type: "line", ...mark },
    encoding: { ...places, detail: { field: "row" }, ...(coloured && { color }) },
  });
  return {
    title: {
      text: "Distance against the number of generated images",
      subtitle: `${title}; means over seeds; gray: the other rows`,
    },
    data: { values: [...values, ...floors] },
    facet: { column: { field: "extractor", type: "nominal", title: null } },
    resolve: { scale: { y: "independent" } },
    spec: {
      width: 270,
      height: 220,
      layer: [
        lines("other", { color: "#bbbbbb", strokeWidth: 1 }, false),
        lines("real", { strokeDash: [4, 3], strokeWidth: 1.4 }, true),
        lines("marked", { point: true, strokeWidth: 1.6 }, true),
      ],
    },
  } as unknown as ChartSpec;
}

const REAL = "real images";
const palette = ["#d55e00", "#0072b2", "#009e73", "#cc79a7", "#e69f00"];

const places = {
  x: {
    field: "images",
    type: "quantitative",
    title: "generated images",
    scale: { type: "log" },
    axis: { values: [10, 100, 1000, 10_000], format: "~s" },
  },
  y: { field: "distance", type: "quantitative", title: "distance", scale: { type: "log" } },
};
