/**
 * Trained weights that come with the project: ordinary tfjs layers models whose every byte is
 * known.
 */
import { fileURLToPath } from "node:url";
import type * as tf from "@tensorflow/tfjs";
import { z } from "zod";
import { describeProblem } from "../system/describe_problem.ts";
import { UserError } from "../system/user_error.ts";
import { loadModel } from "./save_model.ts";

/** The files of a model; what stands beside them (pictures, scores) is not needed to load it. */
export const modelFiles = ["model.json", "weights.bin"] as const;

/** What every card says. */
export const cardSchema = z.object({
  command: z.string().describe("makes these weights again"),
  seed: z.int(),
  config: z.record(z.string(), z.unknown()),
  engine: z.record(z.string(), z.unknown()),
  precision: z.enum(["float32", "float16"]),
  sha256: z.object({ "model.json": z.string(), "weights.bin": z.string() }),
});

/** What is known of committed weights: weights.json beside them. */
export type WeightsCard = z.output<typeof cardSchema>;

/** Weights that are missing, or not the ones that were committed. */
export class WeightsError extends UserError {
  override name = "WeightsError";
}

/** The folder of the committed weights of a model. */
export function committedFolder(name: "generator" | "classifier" | "second-classifier"): string {
  return fileURLToPath(new URL(`../../data/weights/${name}`, import.meta.url));
}

/**
 * Loads a model with its card.
 *
 * @param folder model.json, weights.bin and weights.json
 * @param schema what the card should say; default: what every card says
 * @throws {WeightsError} when a file is missing or altered
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
          `To get it back: git checkout -- ${folder}; to make it again: ${card.command}`,
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
      `${path}: wanted a description of weights, found one that is broken ` +
        `(${describeProblem(cause)}). To get it back: git checkout -- ${folder}`,
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
      `${path}: wanted trained weights, found no such file. To get it back: git checkout -- ${path}`,
      { cause },
    );
  }
}

/** SHA-256 as hexadecimal digits. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
