/**
 * Repeats a call without computing anything. A call is run twice to compare the two runs. If the
 * second run calls the same operations as the first, the shapes of their outputs are already known.
 * The operations are therefore not run, and each output is just given a number that identifies it.
 */
import type { OutputMetadata } from "../native/native_backend.ts";
import { here, type Place } from "./place.ts";

/** An operation of a run. */
export interface RehearsedOperation {
  readonly operation: string;
  /** The name of its node in the trace. */
  readonly node: string;
  readonly outputs: readonly OutputMetadata[];
}

/** Operations of a run, in order. */
export type RehearsedOperations = RehearsedOperation[];

/** Thrown when a run does not call the same operations as the earlier run. */
export class OtherOperations extends Error {
  override readonly name = "OtherOperations";
  readonly operation: string;
  /** The node of the operation that the earlier run called at this point, if it called one. */
  readonly node: string | undefined;
  readonly place: Place;

  /**
   * @param expected the operation that the earlier run called at the point where the runs first
   * differ
   */
  constructor(expected: RehearsedOperation | undefined, operation: string) {
    super(operation);
    this.operation = operation;
    this.node = expected?.node;
    this.place = here();
  }
}

/**
 * The number of the first output that is not computed; further outputs have lower numbers. The
 * number is negative, unlike the number of any native tensor, and it is not −1, which is tfjs'
 * number for "no tensor".
 */
export const FIRST_OUTPUT = -2;

export class Rehearsal {
  readonly #earlier: RehearsedOperations;
  #position = 0;
  #last = FIRST_OUTPUT + 1;

  /** @param earlier the operations of the earlier run */
  constructor(earlier: RehearsedOperations) {
    this.#earlier = earlier;
  }

  /**
   * Returns whether a number stands for an output of a rehearsed operation. Such a number is
   * negative, so it is never the number of a native tensor, and tfjs does not try to free a tensor
   * with that number.
   */
  static isOutput(id: number): boolean {
    return id <= FIRST_OUTPUT;
  }

  /**
   * Returns the outputs of the next operation.
   *
   * @throws {OtherOperations} when the earlier run called a different operation at this point
   */
  next(operation: string, outputs: number): OutputMetadata[] {
    const earlier = this.#earlier[this.#position++];
    if (earlier?.operation !== operation || earlier.outputs.length !== outputs) {
      throw new OtherOperations(earlier, operation);
    }
    return earlier.outputs.map((output) => ({ ...output, id: --this.#last }));
  }

  /** @throws {OtherOperations} when the earlier run called more operations */
  requireEnd(): void {
    const missing = this.#earlier[this.#position];
    if (missing) throw new OtherOperations(missing, missing.operation);
  }
}
