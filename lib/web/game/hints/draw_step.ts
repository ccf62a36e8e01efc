import type { Board, Candidate, Reason, Step } from "../../../sudoku/mod.ts";
import { bitOf, digitsIn } from "../play/notes.ts";
import type { Arrow, HintClaim, StepDrawing } from "./hint.ts";

/** Returns the drawing that explains a step on a board. */
export function drawStep(step: Step, board: Board): StepDrawing {
  const { cells, units, placements, removals, reason } = step;
  const isPresent = ({ cell, digit }: Candidate) => (board.candidates[cell] & bitOf(digit)) !== 0;
  return {
    ...{ cells, units, placements, removals },
    pattern: patternOf(step, board).filter(isPresent),
    claims: "chains" in reason ? claimsOf(reason.chains) : [],
    arrows: arrowsOf(reason, board.shape.size),
  };
}

/**
 * Returns the candidates on which a step is based. Some of these candidates may no longer be on the
 * board.
 */
function patternOf(step: Step, board: Board): readonly Candidate[] {
  const { reason, cells } = step;
  const allOf = (which: readonly number[]) =>
    which.flatMap((cell) => spread([cell], digitsIn(board.candidates[cell])));
  switch (reason.kind) {
    case "last in unit":
    case "hidden single":
    case "naked single":
      return step.placements;
    case "locked candidates":
      return spread(cells, [reason.digit]);
    case "naked subset":
    case "hidden subset":
      return spread(cells, reason.digits);
    case "fish":
      return spread(reason.base.flatMap((unit) => [...board.shape.units[unit]]), [reason.digit]);
    case "strong links":
      return spread(reason.links.flatMap(({ ends }) => ends.flat()), [reason.digit]);
    case "wing":
      return allOf([reason.pivot, ...reason.pincers]);
    case "almost locked set":
      return [...spread(reason.set, reason.digits), ...allOf([reason.partner])];
    case "unique loop":
      return [...spread(cells, reason.digits), ...spread(reason.helpers, reason.helperDigits)];
    case "bivalue universal grave":
      return [...reason.extra, ...spread(reason.helpers, reason.helperDigits)];
    case "aligned exclusion":
      return allOf([...cells, ...reason.excluders]);
    default:
      return [];
  }
}

function spread(cells: readonly number[], digits: readonly number[]): Candidate[] {
  return cells.flatMap((cell) => digits.map((digit) => ({ cell, digit })));
}

type Chains = Extract<Reason, { chains: unknown }>["chains"];

function claimsOf(chains: Chains): HintClaim[] {
  return chains.flatMap((links, chain) =>
    links.map(({ cell, digit, on }) => ({ cell, digit, on, chain }))
  );
}

function arrowsOf(reason: Reason, size: number): readonly Arrow[] {
  if (reason.kind === "strong links") {
    const { links, digit } = reason;
    return links.map(({ ends: [first, second] }) => {
      const [from, to] = nearest(first, second, size);
      return { from: { cell: from, digit }, to: { cell: to, digit }, kind: "either", chain: 0 };
    });
  }
  if (!("chains" in reason)) return [];
  return reason.chains.flatMap((links, chain) =>
    links.flatMap((link) =>
      link.because.map((position): Arrow => ({
        from: candidateOf(links[position]),
        to: candidateOf(link),
        kind: "implies",
        chain,
      }))
    )
  );
}

function candidateOf({ cell, digit }: Candidate): Candidate {
  return { cell, digit };
}

function nearest(
  first: readonly number[],
  second: readonly number[],
  size: number,
): readonly [number, number] {
  const distance = (a: number, b: number) =>
    Math.abs(Math.floor(a / size) - Math.floor(b / size)) + Math.abs(a % size - b % size);
  const pairs = first.flatMap((from) => second.map((to) => [from, to] as const));
  return pairs.reduce((best, pair) => distance(...pair) < distance(...best) ? pair : best);
}
