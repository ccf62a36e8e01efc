/** What the Sudoku commands say about one puzzle: a line of text, or of JSON. */
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

/** Says one thing about a puzzle. May throw GridError. */
export type PuzzleAnswer = (puzzle: NotedGrid) => string;

/** The solution, `none` or `multiple`. */
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
 * Rating, level and hardest technique; `none` or `multiple` where the puzzle hasn't one solution.
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
 * The steps of a solution in sentences, or only the next one, for which notes in the text count.
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

/** A puzzle that was made. */
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
 * Reads the puzzle of a line of a list: its first word that is as long as a puzzle, so that a
 * rating or solution behind it does no harm; else the whole text, in any form.
 *
 * @throws {GridError} when it is no grid
 */
export function readPuzzle(text: string): NotedGrid {
  const lengths = [81, 36, 16];
  const word = lengths.includes(text.length)
    ? text
    : text.split(/[\s,;]+/).find(({ length }) => lengths.includes(length));
  return parseNotedGrid(word ?? text);
}

/**
 * Why a puzzle can be neither rated nor explained. Cells in conflict are worth more words than
 * `none`.
 */
function findFault(grid: Grid, solver: Solver): string | undefined {
  validateGrid(grid);
  const solutions = solver.count(grid.values, 2);
  return solutions === 1 ? undefined : wordFor(solutions === 0 ? "none" : "several");
}

function wordFor(kind: "none" | "one" | "several"): string {
  return kind === "several" ? "multiple" : kind;
}

/** One solver a size, made when it is first wanted. */
function keepSolvers(): (size: Size) => Solver {
  const solvers = new Map<Size, Solver>();
  return (size) => {
    const kept = solvers.get(size) ?? createSolver(size);
    solvers.set(size, kept);
    return kept;
  };
}
