/** Keeps all of the easiest of many finds. */

/** The finds with the lowest rating so far. */
export class EasiestFinds<Find> {
  #tenths = Infinity;
  #finds: { readonly find: Find; readonly removals: number }[] = [];

  /** Takes a find with its rating unless it is harder than another or strikes nothing. */
  offer(rating: number, removals: number, find: Find): void {
    const tenths = Math.round(rating * 10);
    if (removals === 0 || tenths > this.#tenths) return;
    if (tenths < this.#tenths) this.#finds = [];
    this.#tenths = tenths;
    this.#finds.push({ find, removals });
  }

  /** The easiest finds, those first that strike most. */
  all(): readonly Find[] {
    return this.#finds.sort((a, b) => b.removals - a.removals)
      .map(({ find }) => find);
  }
}
