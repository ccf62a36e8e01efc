/**
 * Cycles (6.5 and up) and forcing chains (6.6 and up with one digit, 7.0 and up with several). X-cycles and X-chains use
 * the links of one digit, Y-cycles those of cells with two candidates, the rest both. In a cycle one of two neighbours is
 * on, whichever way it is read, so what sees both goes; a forcing chain leads from a claim to its opposite.
 */
import { bitCount, bitsOf } from "../bits.ts";
import type { Board } from "../board.ts";
import type { Candidate, Step, Technique } from "../step.ts";
import { EasiestChains } from "./chains/easiest_chains.ts";
import { lengthTenths } from "./chains/claims.ts";
import { chainOfPath } from "./chains/chain_links.ts";
import { type LinkKinds, Links } from "./chains/links.ts";
import { SingleChains, type SinglePath } from "./chains/single_chains.ts";

interface Mode extends LinkKinds {
  readonly cycle: string;
  readonly chain: string;
  /** Ratings without the length, in tenths. */
  readonly cycleBase: number;
  readonly chainBase: number;
  /** Order at equal rating and length. */
  readonly kind: number;
}

const modes: readonly Mode[] = [
  {
    inCells: false,
    inUnits: true,
    cycle: "X-cycle",
    chain: "Forcing X-chain",
    cycleBase: 65,
    chainBase: 66,
    kind: 2,
  },
  {
    inCells: true,
    inUnits: false,
    cycle: "Y-cycle",
    chain: "Forcing Y-chain",
    cycleBase: 65,
    chainBase: 66,
    kind: 3,
  },
  {
    inCells: true,
    inUnits: true,
    cycle: "Cycle",
    chain: "Forcing chain",
    cycleBase: 70,
    chainBase: 70,
    kind: 4,
  },
];

/** The easiest cycle or chain of single claims. */
export const forcingChain: Technique = {
  name: "Forcing chain",
  rating: 6.5,
  steps(board) {
    const links = new Links(board);
    const search = new SingleChains(board, links);
    const easiest = new EasiestChains();
    for (const mode of modes) {
      for (const start of links.candidates) {
        searchFrom(board, { start, mode, search, easiest });
      }
    }
    return easiest.steps();
  },
};

interface Search {
  readonly start: number;
  readonly mode: Mode;
  readonly search: SingleChains;
  readonly easiest: EasiestChains;
}

function searchFrom(board: Board, context: Search): void {
  const { start, mode, search, easiest } = context;
  const cell = Math.floor(start / board.shape.size);
  const { cycleBase, chainBase, kind } = mode;
  if (mode.inUnits || bitCount[board.candidates[cell]] === 2) {
    const goOn = (claims: number) =>
      easiest.mayWin({ base: cycleBase, claims, kind });
    search.cycles(
      start,
      mode,
      goOn,
      (path) => offerCycle(board, path, context),
    );
  }
  // Without links in units a chain from a claim to its opposite cannot close.
  if (!mode.inUnits) return;
  const goOn = (claims: number) =>
    easiest.mayWin({ base: chainBase, claims, kind });
  for (const startsOn of [true, false]) {
    const path = search.forcingChain(start, startsOn, mode, goOn);
    if (path) offerChain(board, path, context);
  }
}

function offerCycle(
  board: Board,
  path: SinglePath,
  { mode: { cycleBase, cycle, kind }, easiest }: Search,
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

/** Candidates outside the cycle's cells that see both an on claim and an off claim of their digit. */
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

function offerChain(
  board: Board,
  path: SinglePath,
  { start, mode: { chainBase, chain, kind }, easiest }: Search,
): void {
  const claims = path.candidates.length;
  const { size } = board.shape;
  const target = { cell: Math.floor(start / size), digit: start % size + 1 };
  const removed = path.startsOn
    ? 1
    : bitsOf[board.candidates[target.cell]].length - 1;
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
