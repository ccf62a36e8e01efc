/**
 * Finds chains in which each claim follows from one claim before it: cycles, which hold in both
 * directions, and forcing chains, which lead from a claim to its opposite. The search is
 * breadth-first, so it finds the shortest chains.
 */
import type { Board } from "../../board/board.ts";
import type { LinkKinds, Links } from "./links.ts";

/**
 * The claims from the assumption to the conclusion, given as candidates. The claims alternate
 * between on and off.
 */
export interface SinglePath {
  readonly candidates: readonly number[];
  /** Whether the first claim is on. */
  readonly startsOn: boolean;
}

/** Searches a board for chains, and reuses its memory for each start. */
export class SingleChains {
  /** For each candidate: the predecessors of its off claim and its on claim; -1 if not reached. */
  readonly #offBefore: Int16Array;
  readonly #onBefore: Int16Array;
  /** Claims in the order in which they were reached. */
  readonly #queue: Int16Array;
  readonly #links: Links;

  constructor(board: Board, links: Links) {
    const count = board.shape.cellCount * board.shape.size;
    this.#offBefore = new Int16Array(count);
    this.#onBefore = new Int16Array(count);
    this.#queue = new Int16Array(count * 2);
    this.#links = links;
  }

  /**
   * Finds cycles through a candidate that is on.
   *
   * @param goOn called with the length before each round; if it returns false, the search ends
   * @param report called with the claims of each cycle, in which the start occurs only once
   */
  cycles(
    start: number,
    kinds: LinkKinds,
    goOn: (claims: number) => boolean,
    report: (path: SinglePath) => void,
  ): void {
    this.#reset();
    const { weak, strong } = this.#links;
    const first = kinds.inCells ? weak.starts : weak.unitStarts;
    this.#onBefore[start] = start;
    this.#queue[0] = start;
    let [head, tail] = [0, 1];
    for (let length = 2; head < tail && goOn(length); length += 2) {
      for (const level = tail; head < level; head++) {
        const from = this.#queue[head];
        for (let link = first[from]; link < weak.ends[from]; link++) {
          const off = weak.targets[link];
          if (strong.starts[off] === strong.ends[off]) continue;
          if (this.#isBefore(start, from, off)) continue;
          tail = this.#turnOn({ from, off, kinds, tail });
          if (length >= 4 && this.#isStrong(off, start, kinds)) {
            const candidates = [...this.#pathTo(start, from), off];
            report({ candidates, startsOn: true });
          }
        }
      }
    }
  }

  /**
   * Returns the shortest chain from a claim to its opposite, or undefined if there is none or
   * `goOn` ends the search first.
   */
  forcingChain(
    start: number,
    startsOn: boolean,
    kinds: LinkKinds,
    goOn: (claims: number) => boolean,
  ): SinglePath | undefined {
    this.#reset();
    this.#queue[0] = start;
    (startsOn ? this.#onBefore : this.#offBefore)[start] = start;
    let [head, tail, isOn] = [0, 1, startsOn];
    for (let length = 2; head < tail && goOn(length); length++) {
      const lists = isOn ? this.#links.weak : this.#links.strong;
      const first = kinds.inCells ? lists.starts : lists.unitStarts;
      const before = isOn ? this.#offBefore : this.#onBefore;
      for (const level = tail; head < level; head++) {
        const from = this.#queue[head];
        for (let link = first[from]; link < lists.ends[from]; link++) {
          const to = lists.targets[link];
          if (to === start && isOn === startsOn) {
            return this.#alternating(start, startsOn, from, isOn);
          }
          if (before[to] >= 0) continue;
          before[to] = from;
          this.#queue[tail++] = to;
        }
      }
      isOn = !isOn;
    }
    return undefined;
  }

  /**
   * In a search for cycles: adds to the queue the candidates that must be on because a candidate is
   * off. Returns the queue's new end.
   */
  #turnOn({ from, off, kinds, tail }: {
    readonly from: number;
    readonly off: number;
    readonly kinds: LinkKinds;
    readonly tail: number;
  }): number {
    const { strong } = this.#links;
    let end = tail;
    const first = kinds.inCells ? strong.starts[off] : strong.unitStarts[off];
    const last = kinds.inUnits ? strong.ends[off] : strong.unitStarts[off];
    for (let link = first; link < last; link++) {
      const to = strong.targets[link];
      if (this.#onBefore[to] >= 0) continue;
      this.#onBefore[to] = from;
      this.#offBefore[to] = off;
      this.#queue[end++] = to;
    }
    return end;
  }

  /** Returns whether an off claim turns a candidate on. */
  #isStrong(off: number, target: number, kinds: LinkKinds): boolean {
    const { strong } = this.#links;
    const first = kinds.inCells ? strong.starts[off] : strong.unitStarts[off];
    const last = kinds.inUnits ? strong.ends[off] : strong.unitStarts[off];
    for (let link = first; link < last; link++) {
      if (strong.targets[link] === target) return true;
    }
    return false;
  }

  #reset(): void {
    this.#offBefore.fill(-1);
    this.#onBefore.fill(-1);
  }

  /** Returns whether the path to an on claim contains a given off claim. */
  #isBefore(start: number, on: number, off: number): boolean {
    for (let claim = on; claim !== start; claim = this.#onBefore[claim]) {
      if (this.#offBefore[claim] === off) return true;
    }
    return false;
  }

  /** Returns the claims from the start to an on claim, in a search for cycles. */
  #pathTo(start: number, end: number): number[] {
    const path = [end];
    for (let claim = end; claim !== start; claim = this.#onBefore[claim]) {
      path.push(this.#offBefore[claim], this.#onBefore[claim]);
    }
    return path.reverse();
  }

  /** Returns the claims from the start to its opposite, in a search for a forcing chain. */
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
