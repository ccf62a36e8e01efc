/**
 * Chains in which each claim follows from one claim before it: cycles, which can be read in both directions, and
 * forcing chains, which lead from a claim to its opposite. Breadth first, so the shortest are found.
 */
import type { Board } from "../../board.ts";
import type { LinkKinds, Links } from "./links.ts";

/** Claims from the assumption to the conclusion, as candidates that alternate between on and off. */
export interface SinglePath {
  readonly candidates: readonly number[];
  /** Whether the first claim is on. */
  readonly startsOn: boolean;
}

/** The search's memory, used again for each start. */
export class SingleChains {
  /** By candidate: the off claim that turned it on, and the on claim before that one; -1 where not reached. */
  readonly #offBefore: Int16Array;
  readonly #onBefore: Int16Array;
  readonly #links: Links;

  constructor(board: Board, links: Links) {
    const count = board.shape.cellCount * board.shape.size;
    this.#offBefore = new Int16Array(count);
    this.#onBefore = new Int16Array(count);
    this.#links = links;
  }

  /**
   * Cycles through a candidate that is on.
   *
   * @param goOn asked with the length before each round; false ends the search
   * @param report gets the cycle's claims, without the start's second mention
   */
  cycles(
    start: number,
    kinds: LinkKinds,
    goOn: (claims: number) => boolean,
    report: (path: SinglePath) => void,
  ): void {
    this.#reset();
    this.#onBefore[start] = start;
    let on = [start];
    for (let length = 2; on.length > 0 && goOn(length); length += 2) {
      const next: number[] = [];
      for (const from of on) {
        for (const off of this.#links.weak(from, kinds.inCells)) {
          if (this.#isBefore(start, from, off)) continue;
          for (const to of this.#links.strong(off, kinds)) {
            if (to === start && length >= 4) {
              report({
                candidates: [...this.#pathTo(start, from), off],
                startsOn: true,
              });
            }
            if (this.#onBefore[to] >= 0) continue;
            this.#onBefore[to] = from;
            this.#offBefore[to] = off;
            next.push(to);
          }
        }
      }
      on = next;
    }
  }

  /** The shortest chain from a claim to its opposite, if `goOn` lets the search reach it. */
  forcingChain(
    start: number,
    startsOn: boolean,
    kinds: LinkKinds,
    goOn: (claims: number) => boolean,
  ): SinglePath | undefined {
    this.#reset();
    let frontier: number[] = [start];
    let isOn = startsOn;
    (isOn ? this.#onBefore : this.#offBefore)[start] = start;
    for (let length = 2; frontier.length > 0 && goOn(length); length++) {
      const next: number[] = [];
      for (const from of frontier) {
        const targets = isOn
          ? this.#links.weak(from, kinds.inCells)
          : this.#links.strong(from, kinds);
        // While searching, #onBefore says what came before an on claim, #offBefore what came before an off claim.
        const before = isOn ? this.#offBefore : this.#onBefore;
        for (const to of targets) {
          if (to === start && isOn === startsOn) {
            return this.#alternating(start, startsOn, from, isOn);
          }
          if (before[to] >= 0) continue;
          before[to] = from;
          next.push(to);
        }
      }
      frontier = next;
      isOn = !isOn;
    }
    return undefined;
  }

  #reset(): void {
    this.#offBefore.fill(-1);
    this.#onBefore.fill(-1);
  }

  /** Whether the way to an on claim passes an off claim. */
  #isBefore(start: number, on: number, off: number): boolean {
    for (let claim = on; claim !== start; claim = this.#onBefore[claim]) {
      if (this.#offBefore[claim] === off) return true;
    }
    return false;
  }

  /** Claims from the start to an on claim, in a search for cycles. */
  #pathTo(start: number, end: number): number[] {
    const path = [end];
    for (let claim = end; claim !== start; claim = this.#onBefore[claim]) {
      path.push(this.#offBefore[claim], this.#onBefore[claim]);
    }
    return path.reverse();
  }

  /** Claims from the start to its opposite, in a search for a forcing chain. */
  #alternating(
    start: number,
    startsOn: boolean,
    last: number,
    lastIsOn: boolean,
  ): SinglePath {
    const path = [start, last];
    let [claim, isOn] = [last, lastIsOn];
    while (claim !== start || isOn !== startsOn) {
      claim = (isOn ? this.#onBefore : this.#offBefore)[claim];
      isOn = !isOn;
      path.push(claim);
    }
    return { candidates: path.reverse(), startsOn };
  }
}
