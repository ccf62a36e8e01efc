/** Creates steps from cycles and forcing chains. */
import { bitsOf } from "../../board/bits.ts";
import type { Board } from "../../board/board.ts";
import type { Step } from "../step.ts";
import type { Candidate } from "../step_reason.ts";
import { chainOfPath } from "./chain_links.ts";
import { lengthTenths } from "./claims.ts";
import type { EasiestChains } from "./easiest_chains.ts";
import type { LinkKinds } from "./links.ts";
import type { SinglePath } from "./single_chains.ts";

/** Says which links a search uses, and how the resulting steps are named and rated. */
export interface Mode extends LinkKinds {
  readonly cycle: string;
  readonly chain: string;
  /**
   * The rating of cycles in tenths, without the surcharge for length. `chainBase` is the
   * corresponding rating of forcing chains.
   */
  readonly cycleBase: number;
  readonly chainBase: number;
  /**
   * The position of these cycles and chains in Sudoku Explainer's order of kinds. It breaks ties
   * between chains with the same rating and the same number of claims.
   */
  readonly kind: number;
}

/**
 * The candidate at which a path starts, the kind of search, and the collection to which the
 * resulting step is offered.
 */
export interface PathContext {
  readonly start: number;
  readonly mode: Mode;
  readonly easiest: EasiestChains;
}

/** Offers a step that removes the candidates that a cycle rules out. */
export function offerCycle(
  board: Board,
  path: SinglePath,
  { mode: { cycleBase, cycle, kind }, easiest }: PathContext,
): void {
  const claims = path.candidates.length;
  const score = { base: cycleBase, claims, kind };
  if (!easiest.mayWin(score)) return;
  const removals = cycleRemovals(board, path);
  easiest.offer(score, removals.length, () => ({
    technique: cycle,
    rating: (cycleBase + lengthTenths(claims)) / 10,
    placements: [],
    removals,
    ...basisOf(board, path),
    reason: { kind: "cycle", chains: [chainOfPath(board, path)] },
  }));
}

/**
 * Returns the candidates that a cycle rules out. The cycle's candidates are alternately on and off.
 * If a cell outside the cycle sees both a candidate that is on and a candidate that is off, and
 * both have the same digit, then this digit is ruled out in the cell.
 */
function cycleRemovals(
  { shape, candidates }: Board,
  { candidates: path }: SinglePath,
): readonly Candidate[] {
  const seenBy = new Uint8Array(shape.cellCount * shape.size);
  const own = new Set(path.map((claim) => Math.floor(claim / shape.size)));
  const removals: Candidate[] = [];
  path.forEach((claim, index) => {
    const bit = claim % shape.size;
    for (const peer of shape.peers[Math.floor(claim / shape.size)]) {
      if (!(candidates[peer] >> bit & 1) || own.has(peer)) continue;
      const before = seenBy[peer * shape.size + bit];
      const after = before | 1 << index % 2;
      seenBy[peer * shape.size + bit] = after;
      if (after === 3 && before !== 3) {
        removals.push({ cell: peer, digit: bit + 1 });
      }
    }
  });
  return removals;
}

/**
 * Offers a step with the conclusion of a forcing chain, which is the opposite of the chain's first
 * claim.
 */
export function offerChain(
  board: Board,
  path: SinglePath,
  { start, mode: { chainBase, chain, kind }, easiest }: PathContext,
): void {
  const claims = path.candidates.length;
  const { size } = board.shape;
  const target = { cell: Math.floor(start / size), digit: start % size + 1 };
  const removed = path.startsOn ? 1 : bitsOf[board.candidates[target.cell]].length - 1;
  easiest.offer({ base: chainBase, claims, kind }, removed, () => ({
    technique: chain,
    rating: (chainBase + lengthTenths(claims)) / 10,
    placements: path.startsOn ? [] : [target],
    removals: path.startsOn ? [target] : [],
    ...basisOf(board, path),
    reason: { kind: "chain", chains: [chainOfPath(board, path)] },
  }));
}

function basisOf(
  { shape }: Board,
  { candidates }: SinglePath,
): Pick<Step, "cells" | "units" | "presumesUniqueness" | "size"> {
  const cells = candidates.map((claim) => Math.floor(claim / shape.size));
  return {
    cells: [...new Set(cells)],
    units: [],
    presumesUniqueness: false,
    size: shape.size,
  };
}
