/**
 * Defines the reasons for steps. A reason has enough detail to be put into words or to be shown on
 * a board.
 */

/** A digit that a cell holds or could hold. */
export interface Candidate {
  /** The number of the cell. Cells are numbered row by row, starting from 0. */
  readonly cell: number;
  /** The digit, which is at least 1. */
  readonly digit: number;
}

/**
 * A claim in a chain, together with the earlier claims that force this claim. A claim says that a
 * cell holds a digit or does not hold it.
 */
export interface ChainLink extends Candidate {
  /**
   * True if the claim says that the cell holds the digit. If this is false, then the claim is that
   * the cell does not hold the digit.
   */
  readonly on: boolean;
  /**
   * The indices, within the chain, of the claims that force this claim. For the assumption, the
   * list is empty.
   */
  readonly because: readonly number[];
  /**
   * How the claims in `because` force this claim: within one cell, within one unit, or by a
   * technique.
   */
  readonly via: "assumption" | "cell" | { readonly unit: number } | {
    readonly technique: string;
  };
}

/** A chain of claims. The first claim is the assumption, and the last claim is the conclusion. */
export type Chain = readonly ChainLink[];

/**
 * A strong link consists of two groups of cells in a unit. One of the two groups must hold the
 * digit.
 */
export interface StrongLink {
  /** The number of the unit. Rows are numbered first, then columns, then boxes. */
  readonly unit: number;
  /** The two groups of cells. */
  readonly ends: readonly [readonly number[], readonly number[]];
}

/**
 * The cases that a proof by cases distinguishes. The cases are the candidates of a cell, the places
 * of a digit in a unit, or the two possibilities for one candidate: the cell holds the digit, or it
 * does not.
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
    /** The unit in which the digit fits only in cells that are also in the unit `crossing`. */
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
    /**
     * The n cells of the set, which are all in one unit. These cells have n + 1 different
     * candidates between them.
     */
    readonly set: readonly number[];
    readonly digits: readonly number[];
    /**
     * A cell outside the set that has exactly two candidates. Both candidates are digits of the
     * set.
     */
    readonly partner: number;
    /** The digits that cannot be in both the set and the partner. */
    readonly linked: readonly number[];
  }
  | {
    readonly kind: "unique loop";
    readonly type: 1 | 2 | 3 | 4;
    readonly digits: readonly [number, number];
    /** The cells of the loop that have candidates besides the two digits. */
    readonly extra: readonly number[];
    /**
     * In type 3, the cells that form a subset together with the cells of `extra`. In all other
     * types, the list is empty.
     */
    readonly helpers: readonly number[];
    /**
     * In type 3, the digits of the subset. In type 4, the one digit that must be in the cells of
     * `extra`.
     */
    readonly helperDigits: readonly number[];
  }
  | {
    readonly kind: "bivalue universal grave";
    readonly type: 1 | 2 | 3 | 4;
    /**
     * The extra candidates. If all extra candidates were removed, then a deadly pattern would
     * remain.
     */
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
    /** Two chains that start from the same assumption and lead to opposite claims. */
    readonly chains: readonly Chain[];
  }
  | {
    readonly kind: "cases";
    readonly over: CasesOver;
    readonly chains: readonly Chain[];
  };
