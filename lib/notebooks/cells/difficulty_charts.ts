/** Charts of how hard puzzles are: against what they look like, and step by step. */
import type { ChartSpec } from "../../display/charts.ts";
import { type Level, levelOf, levels, type Step } from "../../sudoku/mod.ts";

/** A rated puzzle. */
export interface RatedPuzzle {
  readonly clues: number;
  readonly rating: number;
}

export interface DifficultyChartOptions {
  readonly title: string;
  readonly subtitle?: string;
}

/** From light to dark, so that the order is seen without colours too. */
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

/** How far points of one clue count are moved apart: they would cover each other. */
const SPREAD = 0.7;

/** The rating of each puzzle over its clues, and the median for each count of clues. */
export function clueChart(
  puzzles: readonly RatedPuzzle[],
  { title, subtitle }: DifficultyChartOptions,
): ChartSpec {
  const values = puzzles.map(({ clues, rating }, i) => ({
    ...{ clues, rating, level: levelOf(rating) },
    // A fixed pattern, not chance: the same puzzles, the same chart.
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
      mark: { type: "circle", size: 34, opacity: 0.9, tooltip: true },
      encoding: {
        x: { ...x, field: "x", axis },
        y: { field: "rating", type: "quantitative", title: "rating" },
        color: byLevel,
      },
    }, {
      mark: { type: "tick", thickness: 3, width: 34, color: "#111" },
      encoding: {
        x: { ...x, field: "clues" },
        y: { field: "rating", aggregate: "median", type: "quantitative" },
      },
    }],
  } as ChartSpec;
}

/** A puzzle's solution in steps. */
export interface SolvingPath {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** The rating of every step, one puzzle below the other. */
export function pathChart(
  paths: readonly SolvingPath[],
  { title, subtitle }: DifficultyChartOptions,
): ChartSpec {
  const values = paths.flatMap(({ name, steps }) =>
    steps.map(({ rating, technique }, i) => ({
      ...{ puzzle: name, step: i + 1, rating, technique, level: levelOf(rating) },
    }))
  );
  return {
    title: { text: title, ...(subtitle !== undefined && { subtitle }) },
    data: { values },
    facet: {
      row: {
        field: "puzzle",
        sort: paths.map(({ name }) => name),
        title: null,
        header: { labelAngle: 0, labelAlign: "left", labelOrient: "top", labelAnchor: "start" },
      },
    },
    spacing: 14,
    spec: {
      width: 520,
      height: 90,
      mark: { type: "bar", tooltip: true, width: 4 },
      encoding: {
        x: { field: "step", type: "quantitative", title: "step", scale: { nice: false } },
        y: { field: "rating", type: "quantitative", title: "rating" },
        color: byLevel,
      },
    },
  } as ChartSpec;
}
