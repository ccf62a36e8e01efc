/** Computes what the Sudoku commands print for one puzzle. */
import {
  Board,
  createSolver,
  describeStep,
  explain,
  formatLine,
  type Grid,
  nextStep,
  type NotedGrid,
  parseNotedGrid,
  type Puzzle,
  rate,
  type Size,
  solve,
  type Solver,
  validateGrid,
} from "../sudoku/mod.ts";

/** Returns what a command prints for a puzzle. Throws a GridError if the grid is invalid. */
export type PuzzleAnswer = (puzzle: NotedGrid) => string;

/**
 * Returns a function that answers with the solution of a puzzle. If the puzzle has no solution or
 * several solutions, then the answer is `none` or `multiple`.
 */
export function answerSolve(json: boolean): PuzzleAnswer {
  const solverOf = keepSolvers();
  return ({ grid }) => {
    const outcome = solve(grid, solverOf(grid.shape.size));
    if (!json) {
      return outcome.kind === "one" ? formatLine(outcome.solution) : wordFor(outcome.kind);
    }
    const puzzle = formatLine(grid);
    const result = wordFor(outcome.kind);
    if (outcome.kind === "none") return JSON.stringify({ puzzle, result });
    const solutions = outcome.kind === "one" ? [outcome.solution] : outcome.solutions;
    return JSON.stringify({
      puzzle,
      result,
      solutions: solutions.map((solution) => formatLine(solution)),
    });
  };
}

/**
 * Returns a function that answers with the rating, the level and the hardest technique of a puzzle.
 * If the puzzle has no solution or several solutions, then the answer is `none` or `multiple`.
 */
export function answerRate(json: boolean): PuzzleAnswer {
  const solverOf = keepSolvers();
  return ({ grid }) => {
    const puzzle = formatLine(grid);
    const fault = findFault(grid, solverOf(grid.shape.size));
    if (fault !== undefined) {
      return json ? JSON.stringify({ puzzle, result: fault }) : fault;
    }
    const { solved, rating, level, hardest, steps } = rate(grid);
    if (json) {
      return JSON.stringify({ puzzle, solved, rating, level, hardest, steps });
    }
    if (!solved) return "unsolved";
    return `${rating.toFixed(1)} ${level} ${hardest ?? "no step needed"}`;
  };
}

/**
 * Returns a function that describes all steps of the solution in sentences. If `nextOnly` is true,
 * then it describes only the next step, and takes the puzzle's notes into account.
 */
export function answerExplain(json: boolean, nextOnly: boolean): PuzzleAnswer {
  const solverOf = keepSolvers();
  return ({ grid, notes }) => {
    const puzzle = formatLine(grid);
    const fault = findFault(grid, solverOf(grid.shape.size));
    if (fault !== undefined) {
      return json ? JSON.stringify({ puzzle, result: fault }) : fault;
    }
    const board = notes ? Board.withNotes(grid, notes) : Board.of(grid);
    const next = nextOnly ? nextStep(board) : undefined;
    const steps = nextOnly ? (next ? [next] : []) : explain(grid);
    const sentences = steps.map(describeStep);
    if (json) return JSON.stringify({ puzzle, steps, sentences });
    if (steps.length === 0) return "No technique finds a step here.";
    return sentences.map((text, index) => `${index + 1}. ${text}`).join("\n");
  };
}

/** Formats a generated puzzle as a line, or as JSON if `json` is true. */
export function answerPuzzle(
  { grid, solution, level, rating, hardest }: Puzzle,
  json: boolean,
  more: Readonly<Record<string, string | number>> = {},
): string {
  const puzzle = formatLine(grid);
  return json
    ? JSON.stringify({
      ...more,
      puzzle,
      solution: formatLine(solution),
      level,
      rating,
      hardest,
    })
    : puzzle;
}

/**
 * Reads a puzzle from a line. If a word in the line has the length of a puzzle, then the first such
 * word is the puzzle. Otherwise, the whole line is the puzzle, in any supported format.
 *
 * @throws {GridError} if the line is not a grid
 */
export function readPuzzle(text: string): NotedGrid {
  const lengths = [81, 36, 16];
  const word = lengths.includes(text.length)
    ? text
    : text.split(/[\s,;]+/).find(({ length }) => lengths.includes(length));
  return parseNotedGrid(word ?? text);
}

/**
 * Returns `none` if a grid has no solution, `multiple` if it has several solutions, and undefined
 * if it has exactly one. Throws if cells conflict.
 */
function findFault(grid: Grid, solver: Solver): string | undefined {
  validateGrid(grid);
  const solutions = solver.count(grid.values, 2);
  return solutions === 1 ? undefined : wordFor(solutions === 0 ? "none" : "several");
}

function wordFor(kind: "none" | "one" | "several"): string {
  return kind === "several" ? "multiple" : kind;
}

/**
 * Returns a function that returns the solver for a board size. The first call for a size creates
 * the solver, and later calls return the same solver.
 */
function keepSolvers(): (size: Size) => Solver {
  const solvers = new Map<Size, Solver>();
  return (size) => {
    const kept = solvers.get(size) ?? createSolver(size);
    solvers.set(size, kept);
    return kept;
  };
}
