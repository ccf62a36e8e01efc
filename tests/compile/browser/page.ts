/** The script of a page that trains models on the backend that the test chooses. */
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { type Losses, trainAll } from "./trainings.ts";

export interface TrainedPage {
  /** The name of the backend that computed the losses. */
  readonly backend: string;
  /** Names of globals that only Deno or Node has. */
  readonly strangers: readonly string[];
  readonly losses: Losses;
}

declare global {
  /** @param wasm the address of the folder with the files of tfjs' WebAssembly backend */
  var trainInPage: (backend: string, wasm: string) => Promise<TrainedPage>;
}

globalThis.trainInPage = async (backend, wasm) => {
  setWasmPaths(wasm);
  await tf.setBackend(backend);
  const strangers = ["Deno", "process", "require"].filter((name) => name in globalThis);
  return { losses: await trainAll("compiled"), backend: tf.getBackend(), strangers };
};
