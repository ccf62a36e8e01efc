/**
 * Defines the data that explain why a step is valid. They are detailed enough to describe the
 * reason in words, or to show it in colours on a board.
 */

/** A digit in a cell. */
export interface Candidate {
  /** The number of the cell. Cells are numbered row by row, from 0. */
  readonly cell: number;
  /** The digit, from 1. */
  readonly digit: number;
}

/** A claim in a chain, with the earlier claims in the chain that force it. */
export interface ChainLink extends Candidate {
  /**
   * True if the claim says that the cell holds the digit, false if it says that the cell does not
   * hold the digit.
   */
  readonly on: boolean;
  /**
   * The claims that force this claim, as positions in the chain. Empty for the assumption with
   * which the chain starts.
   */
  readonly because: readonly number[];
  /**
   * How the claims in `because` force this claim: within the cell, within a unit, or by the named
   * technique.
   */
  readonly via: "assumption" | "cell" | { readonly unit: number } | {
    readonly technique: string;
  };
}

/**
 * A chain of claims that leads from an assumption, its first link, to a conclusion, its last link.
 */
export type Chain = readonly ChainLink[];

/** A strong link: two groups of cells in a unit, one of which must hold the digit. */
export interface StrongLink {
  /** The number of the unit. Rows are numbered first, then columns, then boxes. */
  readonly unit: number;
  /** The two groups of cells. */
  readonly ends: readonly [readonly number[], readonly number[]];
}

/**
 * The alternatives of a proof by cases: a cell's candidates, a digit's places in a unit, or whether
 * a candidate is on or off.
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
    /**
     * The unit that can have the digit only in the cells that it shares with the unit `crossing`.
     */
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
    /** The n cells of the set. They are in one unit, and their candidates are n + 1 digits. */
    readonly set: readonly number[];
    readonly digits: readonly number[];
    /**
     * The cell with which the set is combined. It has two candidates, both of which are digits of
     * the set.
     */
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
    /**
     * For type 3, the other cells of the subset that includes the extra cells; empty for all other
     * types.
     */
    readonly helpers: readonly number[];
    /** For type 3, the digits of that subset. For type 4, the digit locked in the extra cells. */
    readonly helperDigits: readonly number[];
  }
  | {
    readonly kind: "bivalue universal grave";
    readonly type: 1 | 2 | 3 | 4;
    /** The extra candidates. If they were removed, the board would be a deadly pattern. */
    readonly extra: readonly Candidate[];
    readonly helpers: readonly number[];
    readonly helperDigits: readonly number[];
  }
  | {
    readonly kind: "aligned exclusion";
    /** The cells that have few candidates and see all cells of the pair or triple. */
    readonly excluders: readonly number[];
  }
  | {
    readonly kind: "cycle" | "chain";
    readonly chains: readonly Chain[];
  }
  | {
    readonly kind: "contradiction";
    /**
     * Two chains that start with the same assumption. One leads to a claim, and the other leads to
     * the opposite of that claim.
     */
    readonly chains: readonly Chain[];
  }
  | {
    readonly kind: "cases";
    readonly over: CasesOver;
    readonly chains: readonly Chain[];
  };
