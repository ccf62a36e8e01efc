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

/** Determines which links are used, and how the resulting steps are named and rated. */
export interface Mode extends LinkKinds {
  readonly cycle: string;
  readonly chain: string;
  /**
   * The rating of cycles without the surcharge for length, in tenths; `chainBase` is that of
   * chains.
   */
  readonly cycleBase: number;
  readonly chainBase: number;
  /** The rank among chains of equal rating and length. */
  readonly kind: number;
}

/** Determines where a path starts, which links it uses, and where its step is collected. */
export interface PathContext {
  readonly start: number;
  readonly mode: Mode;
  readonly easiest: EasiestChains;
}

/** Offers a step with the removals that follow from a cycle. */
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
 * Returns the candidates outside the cycle's cells that see both a claim that is on and a claim
 * that is off. Both claims must be about the candidate's digit.
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

/** Offers a step with the conclusion of a forcing chain: the opposite of its first claim. */
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
