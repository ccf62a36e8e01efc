/**
 * Lists all techniques in the order of the program Sudoku Explainer (Nicolas Juillerat). Four
 * techniques come from its successor, Sukaku Explainer: turbot fish, three strong links, WXYZ-wing
 * and VWXYZ-wing. They are included because the reference ratings were computed with them.
 *
 * The list contains neither the larger wings nor the technique 'four strong links', which Sukaku
 * Explainer added later. It also does not contain dynamic chains that use other techniques within
 * the chain (rated 9.0 and higher).
 */
import { alignedPairExclusion, alignedTripleExclusion } from "./aligned_exclusion.ts";
import { vwxyzWing, wxyzWing } from "./almost_locked_wings.ts";
import { forcingChain } from "./chains/forcing_chains.ts";
import {
  dynamicForcingChains,
  multipleForcingChains,
  nishioForcingChain,
} from "./chains/multiple_chains.ts";
import { jellyfish, swordfish, xWing } from "./fish.ts";
import {
  directHiddenPair,
  directHiddenTriple,
  hiddenPair,
  hiddenQuad,
  hiddenTriple,
} from "./hidden_subsets.ts";
import { claiming, directClaiming, directPointing, pointing } from "./locked_candidates.ts";
import { nakedPair, nakedQuad, nakedTriple } from "./naked_subsets.ts";
import { hiddenSingle, lastInUnit, nakedSingle } from "./singles.ts";
import type { Technique } from "./step.ts";
import { threeStrongLinks, turbotFish } from "./strong_links.ts";
import { xyWing, xyzWing } from "./three_cell_wings.ts";
import { bivalueUniversalGrave } from "./uniqueness/bivalue_universal_grave.ts";
import { uniqueLoop } from "./uniqueness/unique_loops.ts";

/** All techniques, in the order in which the solver tries them. */
export const techniques: readonly Technique[] = Object.freeze([
  lastInUnit,
  hiddenSingle,
  directPointing,
  directClaiming,
  directHiddenPair,
  nakedSingle,
  directHiddenTriple,
  pointing,
  claiming,
  nakedPair,
  xWing,
  hiddenPair,
  nakedTriple,
  swordfish,
  hiddenTriple,
  turbotFish,
  xyWing,
  xyzWing,
  uniqueLoop,
  nakedQuad,
  jellyfish,
  hiddenQuad,
  threeStrongLinks,
  wxyzWing,
  bivalueUniversalGrave,
  vwxyzWing,
  alignedPairExclusion,
  forcingChain,
  alignedTripleExclusion,
  nishioForcingChain,
  multipleForcingChains,
  dynamicForcingChains,
]);
