/**
 * Finds chains in which each claim follows from the claim before it. There are two kinds of chains.
 * A cycle returns to its start, and can be followed in both directions. A forcing chain leads from
 * a claim to its opposite. The search is breadth-first, so the first chain that it finds is a
 * shortest one.
 */
import type { Board } from "../../board/board.ts";
import type { LinkKinds, Links } from "./links.ts";

/**
 * The claims from the assumption to the conclusion. The claims alternate between a candidate being
 * on and a candidate being off, so only the candidates are stored.
 */
export interface SinglePath {
  readonly candidates: readonly number[];
  /** Whether the first claim says that its candidate is on. */
  readonly startsOn: boolean;
}

/** Searches a board for chains. All searches by the same object share the same arrays. */
export class SingleChains {
  /**
   * With the arrays `#offBefore` and `#onBefore`, a search can follow a path back to its start.
   * They contain -1 for every candidate that has not been reached.
   *
   * In a search for a forcing chain, element `c` of `#offBefore` is the predecessor of the claim
   * that candidate `c` is off. Element `c` of `#onBefore` is the predecessor of the claim that
   * candidate `c` is on.
   *
   * In a search for cycles, element `c` of both arrays belongs to the claim that candidate `c` is
   * on. `#offBefore` contains the predecessor of this claim, which is a candidate that is off.
   * `#onBefore` contains the predecessor of that predecessor, which is a candidate that is on.
   */
  readonly #offBefore: Int16Array;
  readonly #onBefore: Int16Array;
  /** The candidates of the claims, in the order in which the search reached the claims. */
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
   * Finds the cycles that start with the claim that the candidate `start` is on.
   *
   * @param goOn called before each round with the length of the cycles that the round looks for;
   * the search ends if it returns false
   * @param report function that receives each cycle (the first claim is not repeated at the end)
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
   * Returns a shortest chain from a claim to its opposite. Returns undefined if there is no such
   * chain, or if `goOn` ends the search before a chain is found.
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
   * Finds the candidates that must be on because the candidate `off` is off, and adds them to the
   * queue. Returns the new end of the queue. Only the search for cycles calls this method.
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

  /** Returns whether the candidate `target` must be on because the candidate `off` is off. */
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

  /**
   * Returns whether the path from candidate `start` to candidate `on` passes through candidate
   * `off` as a candidate that is off. Only the search for cycles calls this method.
   */
  #isBefore(start: number, on: number, off: number): boolean {
    for (let claim = on; claim !== start; claim = this.#onBefore[claim]) {
      if (this.#offBefore[claim] === off) return true;
    }
    return false;
  }

  /**
   * Returns the candidates of the path from `start` to `end`. The first and last candidates are on.
   * Only the search for cycles calls this method.
   */
  #pathTo(start: number, end: number): number[] {
    const path = [end];
    for (let claim = end; claim !== start; claim = this.#onBefore[claim]) {
      path.push(this.#offBefore[claim], this.#onBefore[claim]);
    }
    return path.reverse();
  }

  /**
   * Returns the complete path of a forcing chain, from the first claim to its opposite. The
   * candidate `last` belongs to the second-to-last claim of the path, which comes immediately
   * before the opposite. Only the search for a forcing chain calls this method.
   */
  #alternating(
    start: number,
    startsOn: boolean,
    last: number,
    lastIsOn: boolean,
  ): SinglePath {
    const path = [start, last];
    let [claim, isOn] = [last, lastIsOn];
    while (claim !== start) {
      claim = (isOn ? this.#onBefore : this.#offBefore)[claim];
      isOn = !isOn;
      path.push(claim);
    }
    return { candidates: path.reverse(), startsOn };
  }
}
