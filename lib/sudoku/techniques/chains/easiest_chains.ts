/**
 * Keeps the easiest of many chains. A chain with a lower rating is easier. If two chains have the
 * same rating, then the chain with fewer claims is easier. If they also have the same number of
 * claims, then the chain whose kind comes first in Sudoku Explainer's order is easier.
 */
import type { Step } from "../step.ts";
import { lengthTenths } from "./claims.ts";

/** The values by which chains are compared. */
export interface ChainScore {
  /** The rating in tenths, without the surcharge for the length of the chains. */
  readonly base: number;
  /** The total number of claims in all chains of a step. */
  readonly claims: number;
  /**
   * The position of the step's kind in Sudoku Explainer's order. It breaks ties between steps with
   * the same rating and the same number of claims.
   */
  readonly kind: number;
}

/**
 * Collects chains and keeps the easiest of them. The steps are built only after all chains have
 * been compared.
 */
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

  /**
   * Keeps a chain if it removes at least one candidate and is at least as easy as the easiest chain
   * so far.
   */
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

  /**
   * Returns the steps of the easiest chains. The steps that remove the most candidates come first.
   */
  steps(): readonly Step[] {
    return this.#offers.sort((a, b) => b.removals - a.removals)
      .map(({ build }) => build());
  }
}
