/**
 * Measures how long the solver takes on the slowest of a set of grids that can mislead a search.
 * The grids are an empty grid, a grid with one clue, Norvig's impossible grid, a grid found by hill
 * climbing, disguised copies of these four grids, and a thousand variants of the impossible grid. A
 * simple search takes minutes on some of these grids.
 */
import { type RandomStream, randomStream } from "../../random.ts";
import { parseGrid, shapeOf, solve } from "../../sudoku/mod.ts";
import { disguise } from "./disguise.ts";

/** The grid without a solution in "Solving Every Sudoku Puzzle" by P. Norvig. */
export const impossible =
  ".....5.8....6.1.43..........1.5........1.6...3.......553.....61........4.........";

/** A grid that leads the search into many branches. Hill climbing found this grid. */
export const astray =
  "2....1.......4.....1..7................1......3....794....9.52.....1.............";

const RELATIVES = 1000;
const DISGUISES = 50;

/**
 * The number of hostile grids: four grids, their disguised copies, and the variants of the
 * impossible grid.
 */
export const hostileGridCount = 4 * (1 + DISGUISES) + RELATIVES;

/**
 * Returns the time that the solver takes on the slowest grid, in milliseconds. The solver is not
 * warmed up first, because a program that solves a single puzzle would not warm it up either.
 */
export function timeHostileGrids(): number {
  const random = randomStream(1, "hostile grids");
  let worst = 0;
  for (const values of hostileGrids(random)) {
    const start = performance.now();
    solve({ shape: shapeOf(9), values });
    worst = Math.max(worst, performance.now() - start);
  }
  return worst;
}

function* hostileGrids(random: RandomStream): Generator<Uint8Array> {
  const empty = new Uint8Array(81);
  const texts = [impossible, astray].map((text) => parseGrid(text).values);
  for (const values of [empty, empty.with(0, 1), ...texts]) {
    yield values;
    for (let i = 0; i < DISGUISES; i++) yield disguise(values, random);
  }
  const clues = [...texts[0].keys()].filter((cell) => texts[0][cell] > 0);
  for (let i = 0; i < RELATIVES; i++) {
    yield texts[0].with(clues[random.integer(clues.length)], 0)
      .with(random.integer(81), random.integer(10));
  }
}
