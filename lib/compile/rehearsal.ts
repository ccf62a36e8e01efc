/**
 * Repeats a call without computing anything. A call is run twice to compare the two runs. If the
 * second run calls the same operations as the first, the shapes of their outputs are already known.
 * The operations are therefore not run, and each output is just given a number that identifies it.
 */
import type { OutputMetadata } from "../native/native_backend.ts";
import {
  type CalledOperation,
  FIRST_OUTPUT,
  isOutputNumber,
  type OperationSource,
} from "./operation_source.ts";
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

export class Rehearsal implements OperationSource {
  readonly #earlier: RehearsedOperations;
  #position = 0;
  #next = FIRST_OUTPUT;

  /** @param earlier the operations of the earlier run */
  constructor(earlier: RehearsedOperations) {
    this.#earlier = earlier;
  }

  /**
   * Returns the outputs of the next operation.
   *
   * @throws {OtherOperations} when the earlier run called a different operation at this point
   */
  run({ name, outputs }: CalledOperation): OutputMetadata[] {
    const earlier = this.#earlier[this.#position++];
    if (earlier?.operation !== name || earlier.outputs.length !== outputs) {
      throw new OtherOperations(earlier, name);
    }
    return earlier.outputs.map((output) => ({ ...output, id: this.#next-- }));
  }

  compute(id: number): number | undefined {
    return isOutputNumber(id) ? undefined : id;
  }

  /** @throws {OtherOperations} when the earlier run called more operations */
  requireEnd(): void {
    const missing = this.#earlier[this.#position];
    if (missing) throw new OtherOperations(missing, missing.operation);
  }
}
