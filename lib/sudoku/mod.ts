/**
 * Solves, rates, explains and generates Sudoku puzzles of 4x4, 6x6 and 9x9 cells. The solver proves
 * that a solution is unique. The rating of a puzzle depends on the hardest step that a person needs
 * to solve it, and it uses the scale of Sudoku Explainer. Each step of a solution is explained in
 * words. The generator makes puzzles of a given level, including a puzzle for each day. The module
 * has no dependencies and runs wherever JavaScript does.
 *
 * @example Solve, rate and explain a puzzle, then make one
 * ```ts
 * import { describeStep, explain, formatLine, generate, parseGrid, rate, solve } from "@sudogan/sudogan/sudoku";
 *
 * const puzzle = parseGrid("1... ..2. .3.. ...4");
 * const outcome = solve(puzzle);
 * console.log(outcome.kind); // one
 * if (outcome.kind === "one") console.log(formatLine(outcome.solution)); // 1243342143122134
 *
 * const { level, hardest } = rate(puzzle);
 * console.log(level, "by", hardest); // easy by Hidden single in a box
 * const [step] = explain(puzzle);
 * console.log(describeStep(step)); // Hidden single in a box: in box 1, 2 fits nowhere but in r1c2. So r1c2 is 2.
 *
 * const made = generate({ level: "medium", seed: "a rainy Sunday" });
 * console.log(formatLine(made.grid)); // ....4......65..9.449.1..2.....86.....67.9.5.........8.24..57.....89...7..5......6
 * ```
 *
 * @module
 */
export { Board } from "./board/board.ts";
export { formatDrawing, formatLine, formatNotes } from "./board/format.ts";
export {
  type Conflict,
  countClues,
  findConflict,
  type Grid,
  GridError,
  gridOf,
  isFull,
  validateGrid,
} from "./board/grid.ts";
export { type NotedGrid, parseGrid, parseNotedGrid } from "./board/parse.ts";
export { cellName, type Shape, shapeOf, type Size, sizes } from "./board/shape.ts";
export { SudokuError } from "./board/sudoku_error.ts";
export { daily, type DailyOptions, type DailyPuzzle } from "./generator/daily.ts";
export {
  generate,
  GenerateError,
  type GenerateOptions,
  type Puzzle,
} from "./generator/generate.ts";
export { symmetries, type Symmetry } from "./generator/symmetry.ts";
export { type Level, levelOf, levels, rate, type RateOptions, type Rating } from "./rating/rate.ts";
export { canonicalForm } from "./solver/canonical_form.ts";
export { countSolutions, createSolver, type Outcome, solve, type Solver } from "./solver/solve.ts";
export { explain, type ExplainOptions, nextStep } from "./techniques/find_steps.ts";
export { applyStep, type Step } from "./techniques/step.ts";
export type {
  Candidate,
  CasesOver,
  Chain,
  ChainLink,
  Reason,
  StrongLink,
} from "./techniques/step_reason.ts";
export { describeStep } from "./words/describe_step.ts";
