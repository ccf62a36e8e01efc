/**
 * Defines the conclusions that follow because a puzzle with only one solution cannot contain a
 * deadly pattern. Each conclusion has one of the four classic types.
 */
import type { Candidate } from "../step_reason.ts";

/** A conclusion that has not yet been turned into a step. */
export interface Conclusion {
  readonly type: 1 | 2 | 3 | 4;
  readonly removals: readonly Candidate[];
  /** The amount that is added to the rating of the pattern's easiest form, in tenths. */
  readonly surcharge: number;
  readonly units: readonly number[];
  /**
   * In type 3, the cells of the subset that do not belong to the pattern. Empty for all other
   * types.
   */
  readonly helpers: readonly number[];
  /** In type 3, the digits of the subset. In type 4, the locked digit. Empty in types 1 and 2. */
  readonly helperDigits: readonly number[];
}

/** The values of these fields in a conclusion that has no surcharge, units or helpers. */
export const unaided = {
  surcharge: 0,
  units: [],
  helpers: [],
  helperDigits: [],
} as const;
