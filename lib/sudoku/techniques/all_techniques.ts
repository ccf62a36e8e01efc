/**
 * Every technique, in the order in which they are tried: that of Sudoku Explainer (Nicolas Juillerat), with those that
 * its successor Sukaku Explainer has in addition and the reference ratings were made with: turbot fish, three strong
 * links, WXYZ-wing and VWXYZ-wing. Left out are its larger wings and four strong links, which came later, and dynamic
 * chains that use other techniques inside (9.0 and up).
 */
import type { Technique } from "./step.ts";
import { alignedPairExclusion } from "./aligned_pair_exclusion.ts";
import { alignedTripleExclusion } from "./aligned_triple_exclusion.ts";
import { bivalueUniversalGrave } from "./uniqueness/bivalue_universal_grave.ts";
import { claiming } from "./claiming.ts";
import { directClaiming } from "./direct_claiming.ts";
import { directHiddenPair } from "./direct_hidden_pair.ts";
import { directHiddenTriple } from "./direct_hidden_triple.ts";
import { directPointing } from "./direct_pointing.ts";
import { dynamicForcingChains } from "./chains/multiple_chains.ts";
import { forcingChain } from "./chains/forcing_chains.ts";
import { hiddenPair } from "./hidden_pair.ts";
import { hiddenQuad } from "./hidden_quad.ts";
import { hiddenSingle } from "./singles.ts";
import { hiddenTriple } from "./hidden_triple.ts";
import { jellyfish } from "./jellyfish.ts";
import { lastInUnit } from "./last_in_unit.ts";
import { multipleForcingChains } from "./multiple_forcing_chains.ts";
import { nakedPair } from "./naked_pair.ts";
import { nakedQuad } from "./naked_quad.ts";
import { nakedSingle } from "./naked_single.ts";
import { nakedTriple } from "./naked_triple.ts";
import { nishioForcingChain } from "./nishio_forcing_chain.ts";
import { pointing } from "./pointing.ts";
import { swordfish } from "./swordfish.ts";
import { threeStrongLinks } from "./three_strong_links.ts";
import { turbotFish } from "./turbot_fish.ts";
import { uniqueLoop } from "./uniqueness/unique_loops.ts";
import { vwxyzWing } from "./vwxyz_wing.ts";
import { wxyzWing } from "./wxyz_wing.ts";
import { xWing } from "./x_wing.ts";
import { xyWing } from "./xy_wing.ts";
import { xyzWing } from "./xyz_wing.ts";

/** In the order of trying. */
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
