/**
 * Describes the parts of tfjs that the page needs. No file in this folder imports tfjs, because the
 * page loads tfjs only on demand. Functions that need tfjs take it as a parameter.
 *
 * @example Loading the modules in a page
 * ```ts ignore
 * const [core, layers] = await Promise.all([
 *   import("@tensorflow/tfjs-core"),
 *   import("@tensorflow/tfjs-layers"),
 *   import("@tensorflow/tfjs-backend-cpu"),
 * ]);
 * await core.setBackend("cpu");
 * const networks = await openNetworks({ core, layers }, files);
 * ```
 */
import type * as core from "@tensorflow/tfjs-core";
import type * as layers from "@tensorflow/tfjs-layers";

export interface Tfjs {
  readonly core: Pick<typeof core, "div" | "io" | "softmax" | "tensor2d" | "tensor4d" | "tidy">;
  readonly layers: Pick<typeof layers, "loadLayersModel">;
}

export type Tensor2D = core.Tensor2D;
export type LayersModel = layers.LayersModel;
