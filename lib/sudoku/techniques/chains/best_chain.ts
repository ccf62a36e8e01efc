/** Keeps the easiest of many chains: lowest rating, then fewest claims, then plainest kind, then most removals. */
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

/** The easiest offer so far. Offers are built only when they win. */
export class BestChain<T> {
  best: T | undefined;
  #tenths = Infinity;
  #claims = Infinity;
  #kind = Infinity;
  #removals = 0;

  /** Rating of the best, in tenths. */
  get tenths(): number {
    return this.#tenths;
  }

  /** Whether a chain with such a score, or a longer one of its kind, could still win. */
  mayWin({ base, claims, kind }: ChainScore): boolean {
    const tenths = base + lengthTenths(claims);
    if (tenths !== this.#tenths) return tenths < this.#tenths;
    if (claims !== this.#claims) return claims < this.#claims;
    return kind <= this.#kind;
  }

  /** Takes the chain if it is easier than the best so far. */
  offer(score: ChainScore, removals: number, build: () => T): void {
    if (removals === 0 || !this.mayWin(score)) return;
    const tenths = score.base + lengthTenths(score.claims);
    const isTie = tenths === this.#tenths && score.claims === this.#claims &&
      score.kind === this.#kind;
    if (isTie && removals <= this.#removals) return;
    this.best = build();
    this.#tenths = tenths;
    this.#claims = score.claims;
    this.#kind = score.kind;
    this.#removals = removals;
  }
}
