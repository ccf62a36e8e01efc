/**
 * Defines the reasons for steps, in enough detail to put them into words or to show them on a
 * board.
 */

/** A digit in a cell. */
export interface Candidate {
  /** The number of the cell, row by row from 0. */
  readonly cell: number;
  /** The digit, from 1. */
  readonly digit: number;
}

/** A claim in a chain, with the earlier claims that force it. */
export interface ChainLink extends Candidate {
  /** True: the cell holds the digit. False: the cell does not hold the digit. */
  readonly on: boolean;
  /** The claims that force this claim, as positions in the chain. Empty for the assumption. */
  readonly because: readonly number[];
  /**
   * How the claims in `because` force this claim: within the cell, within a unit, or by a
   * technique.
   */
  readonly via: "assumption" | "cell" | { readonly unit: number } | {
    readonly technique: string;
  };
}

/** A chain of claims. The first is the assumption, and the last is the conclusion. */
export type Chain = readonly ChainLink[];

/** A strong link: two groups of cells in a unit, one of which must hold the digit. */
export interface StrongLink {
  /** The number of the unit: rows first, then columns, then boxes. */
  readonly unit: number;
  /** The two groups of cells. */
  readonly ends: readonly [readonly number[], readonly number[]];
}

/**
 * The cases of a proof: a cell's candidates, a digit's places in a unit, or a candidate being on or
 * off.
 */
export type CasesOver =
  | { readonly cell: number }
  | { readonly unit: number; readonly digit: number }
  | Candidate;

/** The reason why a step is valid. */
export type Reason =
  | { readonly kind: "last in unit" | "hidden single"; readonly unit: number }
  | { readonly kind: "naked single" }
  | {
    readonly kind: "locked candidates";
    readonly digit: number;
    /** The unit with room for the digit only where it crosses the unit `crossing`. */
    readonly unit: number;
    readonly crossing: number;
  }
  | {
    readonly kind: "naked subset" | "hidden subset";
    readonly digits: readonly number[];
    readonly unit: number;
  }
  | {
    readonly kind: "fish";
    readonly digit: number;
    readonly base: readonly number[];
    readonly cover: readonly number[];
  }
  | {
    readonly kind: "wing";
    readonly pivot: number;
    readonly pincers: readonly [number, number];
    readonly digit: number;
  }
  | {
    readonly kind: "strong links";
    readonly digit: number;
    readonly links: readonly StrongLink[];
    readonly isRing: boolean;
  }
  | {
    readonly kind: "almost locked set";
    /** The n cells of the set, all in one unit. Their candidates are n + 1 digits. */
    readonly set: readonly number[];
    readonly digits: readonly number[];
    /** The cell with two candidates, both digits of the set. */
    readonly partner: number;
    /** The digits that cannot be in both the set and the partner. */
    readonly linked: readonly number[];
  }
  | {
    readonly kind: "unique loop";
    readonly type: 1 | 2 | 3 | 4;
    readonly digits: readonly [number, number];
    /** The cells of the loop that have other candidates too. */
    readonly extra: readonly number[];
    /** The other cells of the subset in type 3; empty in all other types. */
    readonly helpers: readonly number[];
    /** In type 3, the digits of the subset. In type 4, the digit locked in the extra cells. */
    readonly helperDigits: readonly number[];
  }
  | {
    readonly kind: "bivalue universal grave";
    readonly type: 1 | 2 | 3 | 4;
    /** The candidates whose removal would leave a deadly pattern. */
    readonly extra: readonly Candidate[];
    readonly helpers: readonly number[];
    readonly helperDigits: readonly number[];
  }
  | {
    readonly kind: "aligned exclusion";
    /** The cells with few candidates that see all cells of the pair or triple. */
    readonly excluders: readonly number[];
  }
  | {
    readonly kind: "cycle" | "chain";
    readonly chains: readonly Chain[];
  }
  | {
    readonly kind: "contradiction";
    /** Two chains from the same assumption that lead to opposite claims. */
    readonly chains: readonly Chain[];
  }
  | {
    readonly kind: "cases";
    readonly over: CasesOver;
    readonly chains: readonly Chain[];
  };
