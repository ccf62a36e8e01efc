/**
 * Keeps only the easiest of many chains. These are the chains with the lowest rating; among equal
 * ratings, those with the fewest claims; and among these, those of the simplest kind.
 */
import type { Step } from "../step.ts";
import { lengthTenths } from "./claims.ts";

/** The criteria by which chains are compared. */
export interface ChainScore {
  /** The rating without the surcharge for length, in tenths. */
  readonly base: number;
  /** The number of claims in all chains of the step together. */
  readonly claims: number;
  /**
   * The position in Sudoku Explainer's order of kinds, which decides between chains of equal
   * length.
   */
  readonly kind: number;
}

/** Collects offers of chains and keeps the easiest ones. Steps are built only at the end. */
export class EasiestChains {
  #tenths = Infinity;
  #claims = Infinity;
  #kind = Infinity;
  #offers: { readonly build: () => Step; readonly removals: number }[] = [];

  /** Returns whether a chain with this score is at least as easy as the easiest chain so far. */
  mayWin({ base, claims, kind }: ChainScore): boolean {
    const tenths = base + lengthTenths(claims);
    if (tenths !== this.#tenths) return tenths < this.#tenths;
    if (claims !== this.#claims) return claims < this.#claims;
    return kind <= this.#kind;
  }

  /** Accepts a chain, unless it removes nothing or is harder than an earlier chain. */
  offer(score: ChainScore, removals: number, build: () => Step): void {
    if (removals === 0 || !this.mayWin(score)) return;
    const tenths = score.base + lengthTenths(score.claims);
    const isTie = tenths === this.#tenths && score.claims === this.#claims &&
      score.kind === this.#kind;
    if (!isTie) this.#offers = [];
    this.#tenths = tenths;
    this.#claims = score.claims;
    this.#kind = score.kind;
    this.#offers.push({ build, removals });
  }

  /** Returns the steps of the easiest chains. Those with the most removals come first. */
  steps(): readonly Step[] {
    return this.#offers.sort((a, b) => b.removals - a.removals)
      .map(({ build }) => build());
  }
}
