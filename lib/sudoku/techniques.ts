/**
 * Every technique, in the order in which they are tried: that of Sudoku Explainer (Nicolas Juillerat), with the
 * additions of its successor Sukaku Explainer that the reference ratings were made with.
 */
import type { Technique } from "./step.ts";
import { claiming } from "./techniques/claiming.ts";
import { directClaiming } from "./techniques/direct_claiming.ts";
import { directPointing } from "./techniques/direct_pointing.ts";
import { hiddenSingle } from "./techniques/hidden_single.ts";
import { lastInUnit } from "./techniques/last_in_unit.ts";
import { nakedSingle } from "./techniques/naked_single.ts";
import { pointing } from "./techniques/pointing.ts";

/** Easiest first. */
export const techniques: readonly Technique[] = Object.freeze([
  lastInUnit,
  hiddenSingle,
  directPointing,
  directClaiming,
  nakedSingle,
  pointing,
  claiming,
]);
