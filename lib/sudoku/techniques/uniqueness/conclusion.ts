/**
 * What follows from a pattern that no puzzle with one solution comes down to, by one of the four
 * classic types.
 */
import type { Candidate } from "../step_reason.ts";

/** A conclusion, before a step is made of it. */
export interface Conclusion {
  readonly type: 1 | 2 | 3 | 4;
  readonly removals: readonly Candidate[];
  /** In tenths, on top of the rating of the pattern's easiest form. */
  readonly surcharge: number;
  readonly units: readonly number[];
  /** Type 3: the other cells of the subset. */
  readonly helpers: readonly number[];
  /** Type 3: the digits of the subset; type 4: the digit that is locked. */
  readonly helperDigits: readonly number[];
}

/** The rest of a conclusion that needs no other cells. */
export const unaided = {
  surcharge: 0,
  units: [],
  helpers: [],
  helperDigits: [],
} as const;
