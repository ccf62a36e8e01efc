/**
 * Charts the difficulty of Sudoku puzzles. One chart plots each puzzle's difficulty against its
 * number of clues, and the other shows the difficulty of each step of a solution.
 */
import type { ChartSpec } from "../../display/charts.ts";
import { type Level, levelOf, levels, type Step } from "../../sudoku/mod.ts";

/** A rated puzzle. */
export interface ChartedPuzzle {
  readonly clues: number;
  readonly rating: number;
}

export interface DifficultyChartOptions {
  readonly title: string;
  readonly subtitle?: string;
}

/** The colours go from light to dark, so that their order is visible even in black and white. */
const levelColours: Readonly<Record<Level, string>> = {
  easy: "#8fd0f5",
  medium: "#4fa3d9",
  hard: "#e69f00",
  expert: "#d55e00",
  extreme: "#6a1b5d",
};

const byLevel = {
  field: "level",
  type: "nominal",
  sort: levels.map(({ name }) => name),
  scale: { domain: Object.keys(levelColours), range: Object.values(levelColours) },
  legend: { title: null },
};

/**
 * Points with the same number of clues are spread horizontally over this width, where 1 is the
 * distance between two neighbouring numbers of clues.
 */
const SPREAD = 0.7;

/**
 * Charts each puzzle's rating against its number of clues, and shows the median rating for each
 * number of clues.
 */
export function clueChart(
  puzzles: readonly ChartedPuzzle[],
  { title, subtitle }: DifficultyChartOptions,
): ChartSpec {
  const values = puzzles.map(({ clues, rating }, i) => ({
    ...{ clues, rating, level: levelOf(rating) },
    // The points are spread in a fixed pattern, so that the chart is the same every time.
    x: clues + SPREAD * ((i * 0.618034) % 1 - 0.5),
  }));
  const counts = values.map(({ clues }) => clues);
  const domain = [Math.min(...counts) - 0.6, Math.max(...counts) + 0.6];
  const x = { type: "quantitative", title: "clues", scale: { domain, nice: false } } as const;
  const axis = { tickMinStep: 1, format: "d" } as const;
  return {
    title: { text: title, ...(subtitle !== undefined && { subtitle }) },
    width: 460,
    height: 260,
    data: { values },
    layer: [{
      mark: { type: "tick", orient: "horizontal", thickness: 2, size: 42, color: "#111" },
      encoding: {
        x: { ...x, field: "clues" },
        y: { field: "rating", aggregate: "median", type: "quantitative" },
      },
    }, {
      mark: { type: "circle", size: 34, opacity: 0.9, tooltip: true },
      encoding: {
        x: { ...x, field: "x", axis },
        y: { field: "rating", type: "quantitative", title: "rating" },
        color: byLevel,
      },
    }],
  } as ChartSpec;
}

/** The steps that solve a puzzle. */
export interface SolvingPath {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** Charts the rating of every step, one puzzle below another. */
export function pathChart(
  paths: readonly SolvingPath[],
  { title, subtitle }: DifficultyChartOptions,
): ChartSpec {
  const steps = paths.flatMap(({ steps }) => steps);
  const highest = Math.ceil(Math.max(...steps.map(({ rating }) => rating)));
  const longest = Math.max(...paths.map(({ steps }) => steps.length));
  return {
    title: { text: title, ...(subtitle !== undefined && { subtitle }) },
    spacing: 16,
    resolve: { scale: { color: "shared" } },
    vconcat: paths.map(({ name, steps }, i) => ({
      title: { text: name, fontSize: 12, fontWeight: "normal", offset: 2 },
      width: 560,
      height: 84,
      data: {
        values: steps.map(({ rating, technique }, i) => ({
          ...{ step: i + 1, rating, technique, level: levelOf(rating) },
        })),
      },
      mark: { type: "bar", tooltip: true, width: 5 },
      encoding: {
        x: {
          field: "step",
          type: "quantitative",
          scale: { domain: [0, longest + 1], nice: false },
          axis: { title: i === paths.length - 1 ? "step" : null, format: "d" },
        },
        y: {
          field: "rating",
          type: "quantitative",
          scale: { domain: [0, highest], nice: false },
          axis: { tickCount: 4 },
        },
        color: byLevel,
      },
    })),
  } as ChartSpec;
}
