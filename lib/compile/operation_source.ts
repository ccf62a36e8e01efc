/**
 * Defines where a recorded call gets the outputs of its operations from. An output need not be
 * computed: a number that identifies it is enough to record what becomes of it.
 */
import type { OperationAttribute, OutputMetadata } from "../native/native_backend.ts";
import type { TensorType } from "./deferred/infer_outputs.ts";

/** An operation that a kernel of tfjs-node calls. */
export interface CalledOperation {
  readonly name: string;
  readonly attributes: OperationAttribute[];
  /** The numbers of its inputs. */
  readonly inputs: readonly number[];
  /** The number of outputs. */
  readonly outputs: number;
}

export interface OperationSource {
  /**
   * Returns the outputs of the next operation.
   *
   * @param typeOf returns the type of the input at a position, if it is known
   */
  run(
    operation: CalledOperation,
    typeOf: (position: number) => TensorType | undefined,
  ): OutputMetadata[];
  /** Returns the number of the native tensor with a value, or undefined if it is not computed. */
  compute(id: number): number | undefined;
  /** Checks, at the end of the call, that no operation is missing. */
  requireEnd(): void;
}

/**
 * The number of the first output that is not computed; further outputs have lower numbers. The
 * number is negative, unlike the number of any native tensor, so tfjs does not try to free a tensor
 * with that number. It is not −1, which is tfjs' number for "no tensor".
 */
export const FIRST_OUTPUT = -2;

/** Returns whether a number identifies an output, but is not the number of a native tensor. */
export function isOutputNumber(id: number): boolean {
  return id <= FIRST_OUTPUT;
}
