/** Computes what the Sudoku commands print for one puzzle, as text or as JSON. */
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

/** Returns the output for a puzzle. May throw a GridError. */
export type PuzzleAnswer = (puzzle: NotedGrid) => string;

/**
 * Outputs the solution, or `none` or `multiple` if the puzzle does not have exactly one solution.
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
 * Outputs the rating, level and hardest technique, or `none` or `multiple` if the puzzle does not
 * have exactly one solution.
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
 * Outputs the steps of a solution as sentences, or only the next step. The next step takes the
 * puzzle's notes into account.
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

/** Outputs a generated puzzle. */
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
 * Reads the puzzle from one line of a puzzle list. Uses the first word that has the length of a
 * puzzle, so a rating or solution may follow. If there is no such word, parses the whole line, in
 * any supported format.
 *
 * @throws {GridError} when the line is not a grid
 */
export function readPuzzle(text: string): NotedGrid {
  const lengths = [81, 36, 16];
  const word = lengths.includes(text.length)
    ? text
    : text.split(/[\s,;]+/).find(({ length }) => lengths.includes(length));
  return parseNotedGrid(word ?? text);
}

/**
 * Returns `none` or `multiple` if a puzzle has no solution or several. Such a puzzle can be neither
 * rated nor explained. Throws if cells conflict, since that error is more helpful than `none`.
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
 * Returns a function that returns the solver for a size. The function creates each solver on first
 * use and then reuses it.
 */
function keepSolvers(): (size: Size) => Solver {
  const solvers = new Map<Size, Solver>();
  return (size) => {
    const kept = solvers.get(size) ?? createSolver(size);
    solvers.set(size, kept);
    return kept;
  };
}
