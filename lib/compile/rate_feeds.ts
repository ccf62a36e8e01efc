/**
 * Keeps native tensors that hold the current learning rates, so that the rates can be fed to a
 * graph.
 */
import { dataTypes } from "./graph_def.ts";
import { nativeBackend } from "../native/native_backend.ts";
import type { Rate } from "./optimizers.ts";

export class RateFeeds {
  readonly #rates: readonly Rate[];
  readonly #fed: { value: number; id: number }[] = [];

  constructor(rates: readonly Rate[]) {
    this.#rates = rates;
  }

  /**
   * Returns the ids of the native tensors that hold the current rates, in the order of the rates.
   */
  feed(): number[] {
    return this.#rates.map(({ value }, i) => {
      const fed = this.#fed[i];
      const rate = value();
      if (fed && Object.is(fed.value, rate)) return fed.id;
      const { binding } = nativeBackend();
      if (fed) binding.deleteTensor(fed.id);
      const id = binding.createTensor(
        [],
        dataTypes.float32,
        Float32Array.of(rate),
      );
      this.#fed[i] = { value: rate, id };
      return id;
    });
  }

  dispose(): void {
    const { binding } = nativeBackend();
    for (const { id } of this.#fed.splice(0)) binding.deleteTensor(id);
  }
}
