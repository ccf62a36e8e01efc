/** Collects finds and keeps only the easiest ones. */

/** The finds with the lowest rating so far. */
export class EasiestFinds<Find> {
  #tenths = Infinity;
  #finds: { readonly find: Find; readonly removals: number }[] = [];

  /** Accepts a find unless its rating is higher than an earlier one's or it removes nothing. */
  offer(rating: number, removals: number, find: Find): void {
    const tenths = Math.round(rating * 10);
    if (removals === 0 || tenths > this.#tenths) return;
    if (tenths < this.#tenths) this.#finds = [];
    this.#tenths = tenths;
    this.#finds.push({ find, removals });
  }

  /** Returns the easiest finds, those with the most removals first. */
  all(): readonly Find[] {
    return this.#finds.sort((a, b) => b.removals - a.removals)
      .map(({ find }) => find);
  }
}
