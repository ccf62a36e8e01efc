/**
 * The conclusion from a pattern that cannot occur in a puzzle with one solution, by one of the four
 * classic types.
 */
import type { Candidate } from "../step_reason.ts";

/** A conclusion that has not become a step yet. */
export interface Conclusion {
  readonly type: 1 | 2 | 3 | 4;
  readonly removals: readonly Candidate[];
  /** In tenths, added to the rating of the pattern's easiest form. */
  readonly surcharge: number;
  readonly units: readonly number[];
  /** Type 3: the other cells of the subset. */
  readonly helpers: readonly number[];
  /** Type 3: the digits of the subset; type 4: the locked digit. */
  readonly helperDigits: readonly number[];
}

/** The other fields of a conclusion that needs no other cells. */
export const unaided = {
  surcharge: 0,
  units: [],
  helpers: [],
  helperDigits: [],
} as const;
