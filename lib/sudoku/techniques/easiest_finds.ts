/** Collects finds, and keeps only those that have the lowest rating so far. */
export class EasiestFinds<Find> {
  #tenths = Infinity;
  #finds: { readonly find: Find; readonly removals: number }[] = [];

  /**
   * Adds a find. The find is ignored if it removes nothing, or if its rating is higher than that of
   * an earlier find.
   */
  offer(rating: number, removals: number, find: Find): void {
    const tenths = Math.round(rating * 10);
    if (removals === 0 || tenths > this.#tenths) return;
    if (tenths < this.#tenths) this.#finds = [];
    this.#tenths = tenths;
    this.#finds.push({ find, removals });
  }

  /** Returns the finds with the lowest rating. Those with the most removals come first. */
  all(): readonly Find[] {
    return this.#finds.sort((a, b) => b.removals - a.removals)
      .map(({ find }) => find);
  }
}
