/**
 * Defines what follows from a pattern that a puzzle with one solution cannot have: a conclusion of
 * one of the four classic types.
 */
import type { Candidate } from "../step_reason.ts";

/** A conclusion, before it is turned into a step. */
export interface Conclusion {
  readonly type: 1 | 2 | 3 | 4;
  readonly removals: readonly Candidate[];
  /** The tenths to add to the rating of the pattern's easiest form. */
  readonly surcharge: number;
  readonly units: readonly number[];
  /** Type 3: the other cells of the subset. */
  readonly helpers: readonly number[];
  /** Type 3: the digits of the subset; type 4: the locked digit. */
  readonly helperDigits: readonly number[];
}

/** Default values for a conclusion that needs no surcharge, unit or helpers. */
export const unaided = {
  surcharge: 0,
  units: [],
  helpers: [],
  helperDigits: [],
} as const;
