/** Computes the output of the Sudoku commands for one puzzle. */
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

/** Returns the output for a puzzle, or throws a GridError. */
export type PuzzleAnswer = (puzzle: NotedGrid) => string;

/** Answers with the solution, `none` or `multiple`. */
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

/** Answers with rating, level and hardest technique; or with `none` or `multiple`. */
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

/** Answers with all steps in sentences, or with the next step, which depends on the notes. */
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

/** Formats a generated puzzle. */
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
 * Reads a puzzle from a line. The puzzle is the first word with a puzzle's length, or else the
 * whole line in any supported format.
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
 * Returns `none` or `multiple`, or undefined for exactly one solution. Throws if cells conflict.
 */
function findFault(grid: Grid, solver: Solver): string | undefined {
  validateGrid(grid);
  const solutions = solver.count(grid.values, 2);
  return solutions === 1 ? undefined : wordFor(solutions === 0 ? "none" : "several");
}

function wordFor(kind: "none" | "one" | "several"): string {
  return kind === "several" ? "multiple" : kind;
}

/** Returns a function that creates each size's solver once. */
function keepSolvers(): (size: Size) => Solver {
  const solvers = new Map<Size, Solver>();
  return (size) => {
    const kept = solvers.get(size) ?? createSolver(size);
    solvers.set(size, kept);
    return kept;
  };
}
