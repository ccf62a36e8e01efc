/** Loads trained weights that ship with the project, and checks their hashes. */
import { fileURLToPath } from "node:url";
import type * as tf from "@tensorflow/tfjs";
import { z } from "zod";
import { describeProblem } from "../system/describe_problem.ts";
import { UserError } from "../system/user_error.ts";
import { loadModel } from "./save_model.ts";

/** Names of the files that make up a saved model. */
export const modelFiles = ["model.json", "weights.bin"] as const;

/** The schema of weights.json, with the fields that all models have in common. */
export const cardSchema = z.object({
  command: z.string().describe("command that reproduces these weights"),
  seed: z.int(),
  config: z.record(z.string(), z.unknown()),
  engine: z.record(z.string(), z.unknown()),
  precision: z.enum(["float32", "float16"]),
  sha256: z.object({ "model.json": z.string(), "weights.bin": z.string() }),
});

/** The content of weights.json: facts about a model's committed weights. */
export type WeightsCard = z.output<typeof cardSchema>;

/** Thrown if weights are missing or have been altered. */
export class WeightsError extends UserError {
  override name = "WeightsError";
}

/** Returns the path of the folder that contains a model's committed weights. */
export function committedFolder(name: "generator" | "classifier" | "second-classifier"): string {
  return fileURLToPath(new URL(`../../data/weights/${name}`, import.meta.url));
}

/**
 * Loads a model and its card, which contains facts about the model's weights.
 *
 * @param folder path of a folder with model.json, weights.bin and weights.json
 * @throws {WeightsError} if a file is missing or altered
 */
export async function loadWeights<Card extends WeightsCard = WeightsCard>(
  folder: string,
  schema: z.ZodType<Card> = cardSchema as unknown as z.ZodType<Card>,
): Promise<{ model: tf.LayersModel; card: Card }> {
  const card = await readCard(folder, schema);
  for (const name of modelFiles) {
    const found = await sha256(await readWanted(`${folder}/${name}`));
    if (found !== card.sha256[name]) {
      throw new WeightsError(
        `${folder}/${name}: wanted the file with SHA-256 ${card.sha256[name]}, found ${found}. ` +
          `To restore it: git checkout -- ${folder}; to reproduce it: ${card.command}`,
      );
    }
  }
  return { model: await loadModel(folder), card };
}

async function readCard<Card>(
  folder: string,
  schema: z.ZodType<Card>,
): Promise<Card> {
  const path = `${folder}/weights.json`;
  const text = new TextDecoder().decode(await readWanted(path));
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new WeightsError(
      `${path}: wanted a description of weights, found a broken one ` +
        `(${describeProblem(cause)}). To restore it: git checkout -- ${folder}`,
      { cause },
    );
  }
}

async function readWanted(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await Deno.readFile(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new WeightsError(
      `${path}: wanted trained weights, found no such file. To restore it: git checkout -- ${path}`,
      { cause },
    );
  }
}

/** Returns the SHA-256 hash of the bytes as a hexadecimal string. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
