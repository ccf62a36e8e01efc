import { z } from "zod";
import { parseOptions } from "../system/parse_options.ts";

/**
 * The losses of the generator: `minimax` is the loss of the original game, and `non-saturating` is
 * the recommended loss (Goodfellow et al., arXiv 1406.2661).
 */
export const generatorLosses = ["minimax", "non-saturating"] as const;
export type GeneratorLoss = (typeof generatorLosses)[number];

/**
 * The optimizers of the generator: `adam` is Adam, whose step length hardly depends on how steep
 * the slope is, and `plain` is plain gradient descent.
 */
export const descents = ["adam", "plain"] as const;

const rate = z.number().min(0).max(1);

/** The schema of the options for the GAN in the plane. */
export const planeOptionsSchema = z.strictObject({
  seed: z.int().min(0).default(1).describe("seed of the initial weights and all noise"),
  batchSize: z.int().min(1).default(128).describe(
    "points of each kind, real and generated, in a step",
  ),
  hidden: z.array(z.int().min(1)).readonly().prefault([64, 64]).describe(
    "units of the hidden layers of both networks",
  ),
  generatorLoss: z.enum(generatorLosses).default("non-saturating"),
  generatorDescent: z.enum(descents).default("adam"),
  generatorRate: rate.default(1e-3),
  discriminatorRate: rate.default(5e-3),
  beta1: rate.default(0.5).describe("Adam's memory of earlier slopes"),
  discriminatorSteps: z.int().min(1).default(1).describe(
    "discriminator updates per step, on real and on generated points",
  ),
  generatorSteps: z.int().min(1).default(1).describe("generator updates per step"),
  noise: z.number().min(0).default(0).describe(
    "standard deviation of the noise added to each point before the discriminator sees it",
  ),
  slopePenalty: z.number().min(0).default(0).describe(
    "weight of the squared slope of the discriminator at real points",
  ),
});

export type PlaneOptions = Readonly<z.output<typeof planeOptionsSchema>>;

/** Validates the options and fills in the default of each missing option. */
export function parsePlaneOptions(
  input: z.input<typeof planeOptionsSchema> = {},
): PlaneOptions {
  return parseOptions(planeOptionsSchema, input);
}
