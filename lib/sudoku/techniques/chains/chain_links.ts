/** Converts search results into the form in which steps store chains. */
import type { Board } from "../../board/board.ts";
import type { Chain, ChainLink } from "../step_reason.ts";
import { type Consequences, restsOn } from "./consequences.ts";
import type { SinglePath } from "./single_chains.ts";

/**
 * Converts a path into a chain. A path is a sequence of claims in which each claim forces the next
 * claim.
 */
export function chainOfPath(
  board: Board,
  { candidates, startsOn }: SinglePath,
): Chain {
  const { size } = board.shape;
  return candidates.map((candidate, index): ChainLink => ({
    cell: Math.floor(candidate / size),
    digit: candidate % size + 1,
    on: (index % 2 === 0) === startsOn,
    because: index === 0 ? [] : [index - 1],
    via: index === 0 ? "assumption" : linkBetween(
      board,
      candidates[index - 1],
      candidate,
      (index % 2 === 0) === startsOn,
    ),
  }));
}

/**
 * Returns how a claim about the candidate `from` forces a claim about the candidate `to`. The
 * result is "cell" if both candidates are in the same cell, and otherwise a unit that contains both
 * cells.
 */
function linkBetween(
  board: Board,
  from: number,
  to: number,
  isStrong: boolean,
): "cell" | { readonly unit: number } {
  const { size, unitsOf } = board.shape;
  const [fromCell, toCell] = [from, to].map((claim) => Math.floor(claim / size));
  if (fromCell === toCell) return "cell";
  const shared = [...unitsOf[fromCell]].filter((unit) => unitsOf[toCell].includes(unit));
  const strong = shared.find((unit) =>
    board.cellsAt(unit, board.placesOf(unit, to % size + 1)).length === 2
  );
  return { unit: isStrong ? strong ?? shared[0] : shared[0] };
}

/**
 * Returns a chain that contains every claim on which an entry is based. The last claim of the chain
 * is the claim of the entry itself.
 */
export function chainOfEntry(
  { shape: { size } }: Board,
  found: Consequences,
  entry: number,
): Chain {
  const entries = restsOn(found, entry);
  const positions = new Map(entries.map((each, position) => [each, position]));
  return entries.map((each): ChainLink => {
    const candidate = found.claims[each] >> 1;
    const cause = found.because[each];
    const because = cause < 0 ? [] : [cause, ...found.struck[each]];
    const unit = found.via[each];
    return {
      cell: Math.floor(candidate / size),
      digit: candidate % size + 1,
      on: (found.claims[each] & 1) === 1,
      because: because.map((cause) => positions.get(cause)!),
      via: because.length === 0 ? "assumption" : unit < 0 ? "cell" : { unit },
    };
  });
}
