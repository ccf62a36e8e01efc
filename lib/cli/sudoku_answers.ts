/** Answers of the Sudoku commands for one puzzle: a line of text or of JSON. */
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

/** Returns one answer for a puzzle. May throw GridError. */
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

/**
 * Answers with rating, level and hardest technique, or with `none` or `multiple` if the puzzle does
 * not have exactly one solution.
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
 * Answers with the steps of a solution in sentences, or with the next step only, which takes notes
 * in the text into account.
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

/** Answers with a generated puzzle. */
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
 * Reads the puzzle in a line of a list. Takes the first word with the length of a puzzle, so that a
 * rating or solution may follow it. If there is none, reads the whole text, in any form.
 *
 * @throws {GridError} when the text is not a grid
 */
export function readPuzzle(text: string): NotedGrid {
  const lengths = [81, 36, 16];
  const word = lengths.includes(text.length)
    ? text
    : text.split(/[\s,;]+/).find(({ length }) => lengths.includes(length));
  return parseNotedGrid(word ?? text);
}

/**
 * Returns why a puzzle can be neither rated nor explained. Throws for cells in conflict, since that
 * error says more than `none`.
 */
function findFault(grid: Grid, solver: Solver): string | undefined {
  validateGrid(grid);
  const solutions = solver.count(grid.values, 2);
  return solutions === 1 ? undefined : wordFor(solutions === 0 ? "none" : "several");
}

function wordFor(kind: "none" | "one" | "several"): string {
  return kind === "several" ? "multiple" : kind;
}

/** Returns a function that creates one solver for each size on first use. */
function keepSolvers(): (size: Size) => Solver {
  const solvers = new Map<Size, Solver>();
  return (size) => {
    const kept = solvers.get(size) ?? createSolver(size);
    solvers.set(size, kept);
    return kept;
  };
}
