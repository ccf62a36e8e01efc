/** Keeps the easiest of many chains: lowest rating, then fewest claims, then plainest kind. */
import type { Step } from "../step.ts";
import { lengthTenths } from "./claims.ts";

/** What chains are compared by. */
export interface ChainScore {
  /** Rating without the length, in tenths. */
  readonly base: number;
  /** Claims in all chains of the step. */
  readonly claims: number;
  /** Sudoku Explainer's order of kinds at equal length. */
  readonly kind: number;
}

/** The easiest offers so far. Steps are built only in the end. */
export class EasiestChains {
  #tenths = Infinity;
  #claims = Infinity;
  #kind = Infinity;
  #offers: { readonly build: () => Step; readonly removals: number }[] = [];

  /** Whether a chain with such a score is as easy as the best so far. */
  mayWin({ base, claims, kind }: ChainScore): boolean {
    const tenths = base + lengthTenths(claims);
    if (tenths !== this.#tenths) return tenths < this.#tenths;
    if (claims !== this.#claims) return claims < this.#claims;
    return kind <= this.#kind;
  }

  /** Takes a chain unless it is harder than another or strikes nothing. */
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

  /** The steps of the easiest chains, those first that strike most. */
  steps(): readonly Step[] {
    return this.#offers.sort((a, b) => b.removals - a.removals)
      .map(({ build }) => build());
  }
}
