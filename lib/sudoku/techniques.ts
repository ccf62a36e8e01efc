/**
 * Every technique, in the order in which they are tried: that of Sudoku Explainer (Nicolas Juillerat), with those that
 * its successor Sukaku Explainer has in addition and the reference ratings were made with: turbot fish, three strong
 * links, WXYZ-wing and VWXYZ-wing. Left out are its larger wings and four strong links, which came later, and dynamic
 * chains that use other techniques inside (9.0 and up).
 */
import type { Technique } from "./step.ts";
import { alignedPairExclusion } from "./techniques/aligned_pair_exclusion.ts";
import { alignedTripleExclusion } from "./techniques/aligned_triple_exclusion.ts";
import { bivalueUniversalGrave } from "./techniques/bivalue_universal_grave.ts";
import { claiming } from "./techniques/claiming.ts";
import { directClaiming } from "./techniques/direct_claiming.ts";
import { directHiddenPair } from "./techniques/direct_hidden_pair.ts";
import { directHiddenTriple } from "./techniques/direct_hidden_triple.ts";
import { directPointing } from "./techniques/direct_pointing.ts";
import { dynamicForcingChains } from "./techniques/dynamic_forcing_chains.ts";
import { forcingChain } from "./techniques/forcing_chain.ts";
import { hiddenPair } from "./techniques/hidden_pair.ts";
import { hiddenQuad } from "./techniques/hidden_quad.ts";
import { hiddenSingle } from "./techniques/hidden_single.ts";
import { hiddenTriple } from "./techniques/hidden_triple.ts";
import { jellyfish } from "./techniques/jellyfish.ts";
import { lastInUnit } from "./techniques/last_in_unit.ts";
import { multipleForcingChains } from "./techniques/multiple_forcing_chains.ts";
import { nakedPair } from "./techniques/naked_pair.ts";
import { nakedQuad } from "./techniques/naked_quad.ts";
import { nakedSingle } from "./techniques/naked_single.ts";
import { nakedTriple } from "./techniques/naked_triple.ts";
import { nishioForcingChain } from "./techniques/nishio_forcing_chain.ts";
import { pointing } from "./techniques/pointing.ts";
import { swordfish } from "./techniques/swordfish.ts";
import { threeStrongLinks } from "./techniques/three_strong_links.ts";
import { turbotFish } from "./techniques/turbot_fish.ts";
import { uniqueLoop } from "./techniques/unique_loop.ts";
import { vwxyzWing } from "./techniques/vwxyz_wing.ts";
import { wxyzWing } from "./techniques/wxyz_wing.ts";
import { xWing } from "./techniques/x_wing.ts";
import { xyWing } from "./techniques/xy_wing.ts";
import { xyzWing } from "./techniques/xyz_wing.ts";

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
