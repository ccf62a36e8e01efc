/**
 * Finds cycles and forcing chains in which each claim follows from a single other claim. X-cycles
 * and X-chains use the links between the places of one digit. Y-cycles use the links within cells
 * that have two candidates. The other cycles and chains use both kinds of links.
 *
 * The candidates of a cycle are alternately on and off. The candidates can alternate in only two
 * ways, and in both of them, exactly one of any two neighbouring candidates is on. If a cell
 * outside the cycle sees two candidates of the cycle that have the same digit and cannot both be
 * off, then this digit can be removed from the cell. A forcing chain leads from a claim to its
 * opposite, so the claim is wrong.
 */
import { bitCount } from "../../board/bits.ts";
import type { Board } from "../../board/board.ts";
import type { Technique } from "../step.ts";
import { EasiestChains } from "./easiest_chains.ts";
import { Links } from "./links.ts";
import { type Mode, offerChain, offerCycle, type PathContext } from "./single_chain_steps.ts";
import { SingleChains } from "./single_chains.ts";

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

/** Finds the easiest cycles and forcing chains on a board. */
export const forcingChain: Technique = {
  name: "Forcing chain",
  rating: Math.min(...modes.map(({ cycleBase }) => cycleBase)) / 10,
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

interface Search extends PathContext {
  readonly search: SingleChains;
}

function searchFrom(board: Board, context: Search): void {
  const { start, mode, search, easiest } = context;
  const cell = Math.floor(start / board.shape.size);
  const { cycleBase, chainBase, kind } = mode;
  if (mode.inUnits || bitCount[board.candidates[cell]] === 2) {
    const goOn = (claims: number) => easiest.mayWin({ base: cycleBase, claims, kind });
    search.cycles(
      start,
      mode,
      goOn,
      (path) => offerCycle(board, path, context),
    );
  }
  // If links in units are not used, no chain leads from a claim to its opposite.
  if (!mode.inUnits) return;
  const goOn = (claims: number) => easiest.mayWin({ base: chainBase, claims, kind });
  for (const startsOn of [true, false]) {
    const path = search.forcingChain(start, startsOn, mode, goOn);
    if (path) offerChain(board, path, context);
  }
}
