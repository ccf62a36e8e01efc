/**
 * Represents the reason why a step is valid as data, in enough detail to describe it in words or to
 * show it in colours on a board.
 */

/** A digit in a cell. */
export interface Candidate {
  /** The cell's number, row by row from 0. */
  readonly cell: number;
  /** The digit, from 1. */
  readonly digit: number;
}

/** A claim in a chain, and the earlier claims of the same chain that force it. */
export interface ChainLink extends Candidate {
  /** True if the claim says that the cell holds the digit, false if it says that it does not. */
  readonly on: boolean;
  /**
   * The positions, within the chain, of the claims that force this one; empty for the assumption at
   * the start of the chain.
   */
  readonly because: readonly number[];
  /** How those claims force this one: within the cell, within a unit, or by the named technique. */
  readonly via: "assumption" | "cell" | { readonly unit: number } | {
    readonly technique: string;
  };
}

/** A chain of claims from an assumption (the first link) to a conclusion (the last one). */
export type Chain = readonly ChainLink[];

/** A strong link: the digit is in one of two groups of cells of a unit. */
export interface StrongLink {
  /** The unit's number: rows first, then columns, then boxes. */
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
    /** The unit that can have the digit only where it crosses the other unit. */
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
    /** The cells of the set: n cells of one unit, with n + 1 digits as candidates. */
    readonly set: readonly number[];
    readonly digits: readonly number[];
    /** The cell with two candidates, both of them digits of the set. */
    readonly partner: number;
    /** Digits that cannot be both in the set and in the partner. */
    readonly linked: readonly number[];
  }
  | {
    readonly kind: "unique loop";
    readonly type: 1 | 2 | 3 | 4;
    readonly digits: readonly [number, number];
    /** The cells of the loop that have other candidates too. */
    readonly extra: readonly number[];
    /**
     * Type 3: the other cells and the digits of the subset that includes the extra cells. Type 4:
     * no cells, and the digit that is locked in the extra cells.
     */
    readonly helpers: readonly number[];
    readonly helperDigits: readonly number[];
  }
  | {
    readonly kind: "bivalue universal grave";
    readonly type: 1 | 2 | 3 | 4;
    /** The only candidates that distinguish the board from the deadly pattern. */
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
    /**
     * Two chains that start from the same assumption: one leads to a claim, the other to its
     * opposite.
     */
    readonly chains: readonly Chain[];
  }
  | {
    readonly kind: "cases";
    readonly over: CasesOver;
    readonly chains: readonly Chain[];
  };
