/**
 * Saves and loads models in the usual format of tfjs layers models: a folder with model.json and
 * weights.bin.
 *
 * tfjs-node has a `file://` handler for this format, but the handler works only on the native
 * engine and does not write files atomically.
 */
import * as tf from "@tensorflow/tfjs";
import { writeAtomically } from "../system/atomic_write.ts";
import { describeProblem } from "../system/describe_problem.ts";
import { UserError } from "../system/user_error.ts";

/**
 * The precision in which weights are stored. When tfjs loads float16 weights, it converts them to
 * float32.
 */
export type StoredPrecision = "float32" | "float16";

/** Saves a model to `folder`. If the folder does not exist, it is created. */
export async function saveModel(
  model: tf.LayersModel,
  folder: string,
  precision: StoredPrecision = "float32",
): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  await model.save(tf.io.withSaveHandler(async (artifacts) => {
    const weights = tf.io.concatenateArrayBuffers(
      [artifacts.weightData ?? []].flat(),
    );
    const { data, specs } = precision === "float16"
      ? toHalf(weights, artifacts.weightSpecs ?? [])
      : { data: weights, specs: artifacts.weightSpecs ?? [] };
    const { modelTopology, format, generatedBy, convertedBy } = artifacts;
    const manifest = [{ paths: ["weights.bin"], weights: specs }];
    const json = {
      modelTopology,
      format,
      generatedBy,
      convertedBy,
      weightsManifest: manifest,
    };
    // model.json is written last, so a folder that contains model.json is complete.
    await writeAtomically(`${folder}/weights.bin`, new Uint8Array(data));
    await writeAtomically(
      `${folder}/model.json`,
      JSON.stringify(json, null, 1) + "\n",
    );
    return {
      modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: "JSON" },
    };
  }));
}

/** Thrown for a model that is missing or broken. */
export class ModelError extends UserError {
  override name = "ModelError";
}

/**
 * Loads a layers model from a folder with model.json and weights.bin.
 *
 * @throws {ModelError} if the folder does not contain a complete model
 */
export async function loadModel(folder: string): Promise<tf.LayersModel> {
  try {
    const json: tf.io.ModelJSON = JSON.parse(
      await Deno.readTextFile(`${folder}/model.json`),
    );
    const weightSpecs = json.weightsManifest.flatMap(({ weights }) => weights);
    const parts: ArrayBuffer[] = [];
    for (const path of json.weightsManifest.flatMap(({ paths }) => paths)) {
      parts.push((await Deno.readFile(`${folder}/${path}`)).buffer);
    }
    const weightData = tf.io.concatenateArrayBuffers(parts);
    return await tf.loadLayersModel(
      tf.io.fromMemory({
        modelTopology: json.modelTopology,
        weightSpecs,
        weightData,
      }),
    );
  } catch (cause) {
    throw new ModelError(
      `Loading a model: wanted model.json and its weights in ${folder}, found: ` +
        `${describeProblem(cause)}. To write a run's models again, remove its summary.json, ` +
        "then resume the run.",
      { cause },
    );
  }
}

/** Converts weights to float16 and describes them in tfjs' format for quantized weights. */
function toHalf(data: ArrayBuffer, specs: tf.io.WeightsManifestEntry[]): {
  data: ArrayBuffer;
  specs: tf.io.WeightsManifestEntry[];
} {
  const halves = new Float16Array(new Float32Array(data));
  // The type of `quantization` lacks these dtypes, but tfjs reads and writes them.
  const quantization = {
    dtype: "float16",
    original_dtype: "float32",
  } as unknown as NonNullable<
    tf.io.WeightsManifestEntry["quantization"]
  >;
  return {
    data: halves.buffer,
    specs: specs.map((spec) => ({ ...spec, quantization })),
  };
}
