/**
 * Charts how a puzzle is made from a full Sudoku grid by removing ("digging out") one clue after
 * another.
 */
import type { ChartSpec } from "../../display/charts.ts";
import type { Grid } from "../../sudoku/mod.ts";
import { boardCells, boardFrame, boardLines, boardPlace, groundLayer } from "./board_layers.ts";

/** An attempt to remove one clue. */
export interface DigTurn {
  readonly cell: number;
  /** False if the clue was put back because the puzzle would have a second solution without it. */
  readonly gone: boolean;
}

export interface DigChartOptions {
  readonly title: string;
  /**
   * The turn at which the slider starts; default: the last turn. Pages that cannot show sliders
   * show only this turn.
   */
  readonly turn?: number;
}

const CELL = 40;

/**
 * The turn number that is given to a cell if there is no attempt to remove its clue. Infinity
 * cannot be used, because JSON cannot represent it.
 */
const NEVER = 1e9;

const colours = { waiting: "#ffffff", trial: "#ffd9b8", needed: "#cfe4f3", gone: "#f4f5f8" };

/**
 * Creates a chart of a board, with a slider. As the slider moves, the board loses its clues.
 *
 * @param solution the full grid
 * @param turns the attempts in the order they were made; each cell occurs at most once
 */
export function digChart(
  solution: Grid,
  turns: readonly DigTurn[],
  { title, turn = turns.length }: DigChartOptions,
): ChartSpec {
  const numbers = new Map(turns.map(({ cell, gone }, i) => [cell, { turn: i + 1, gone }]));
  const cells = boardCells(solution).map(({ cell, name, left, top, x, y }) => ({
    ...{ name, left, top, right: left + 1, bottom: top + 1, x, y },
    digit: solution.values[cell],
    ...numbers.get(cell) ?? { turn: NEVER, gone: false },
  }));
  const condition = (test: string, value: unknown) => ({ test, value });
  const grounds = {
    condition: [
      condition("datum.turn === turn", colours.trial),
      condition("datum.turn < turn && datum.gone", colours.gone),
      condition("datum.turn < turn", colours.needed),
    ],
    value: colours.waiting,
  };
  const range = { input: "range", min: 0, max: turns.length, step: 1, name: "turn " };
  return {
    title: {
      text: title,
      // Two short lines: outside a browser, Vega overestimates the width of text.
      subtitle: ["orange: tried in this turn", "blue: needed, so it was put back"],
    },
    params: [{ name: "turn", value: turn, bind: range }],
    ...boardFrame(solution, CELL),
    layer: [
      groundLayer(solution, cells, grounds),
      ...boardLines(solution),
      {
        data: { values: cells },
        mark: { type: "text", fontSize: 24, baseline: "middle", dy: 1, color: "#1b2649" },
        encoding: {
          ...boardPlace(solution),
          text: { field: "digit" },
          opacity: {
            condition: [
              condition("datum.turn === turn && datum.gone", 0.35),
              condition("datum.turn < turn && datum.gone", 0),
            ],
            value: 1,
          },
        },
      },
      countLayer(solution, turns),
    ],
  } as ChartSpec;
}

function countLayer(solution: Grid, turns: readonly DigTurn[]) {
  let clues = solution.shape.cellCount;
  const values = [{ turn: 0, gone: true }, ...turns.map(({ gone }, i) => ({ turn: i + 1, gone }))]
    .map(({ turn, gone }) => {
      if (turn > 0 && gone) clues--;
      return { turn, left: `turn ${turn} of ${turns.length}: ${clues} clues left` };
    });
  return {
    data: { values },
    transform: [{ filter: "datum.turn === turn" }],
    mark: { type: "text", align: "left", baseline: "top", fontSize: 13, color: "#1b2649" },
    encoding: {
      x: { value: 0 },
      y: { value: solution.shape.size * CELL + 10 },
      text: { field: "left" },
    },
  };
}
