import { precisionRecall } from "../../lib/evaluation/metrics/precision_recall.ts";
import { frechetDistance } from "../../lib/evaluation/metrics/frechet_distance.ts";
import { kernelInceptionDistance } from "../../lib/evaluation/metrics/kid.ts";
import { computeMoments } from "../../lib/evaluation/metrics/moments.ts";
import { assertLess } from "@std/assert";
import { npyOf } from "../evaluation/readers/files.ts";
import { type MetricCase, subsetRows } from "./metric_cases.ts";
import { referenceRequirements, runReference } from "./references.ts";
import { assertRelative } from "./relative.ts";

/** The reference values of a case, as computed by metrics_reference.py. */
export interface ReferenceScores {
  readonly frechet: Readonly<
    Record<"exact" | "pytorch-fid" | "torch-fidelity", number>
  >;
  readonly kid: number;
  readonly deviation: number;
  readonly precision: number;
  readonly recall: number;
  readonly density: number;
  readonly coverage: number;
}

export interface MetricReference {
  readonly versions: Readonly<Record<string, string>>;
  readonly cases: Readonly<Record<string, ReferenceScores>>;
}

/** Computes the reference values of the cases with the Python packages. */
export async function computeReference(
  cases: readonly MetricCase[],
): Promise<MetricReference> {
  const folder = await Deno.makeTempDir({ prefix: "sudogan_metrics_" });
  try {
    for (const { name, ...sides } of cases) {
      for (const side of ["real", "generated"] as const) {
        const { values, count, dimension } = sides[side];
        await Deno.writeFile(
          `${folder}/${name}_${side}.npy`,
          npyOf(values, [count, dimension]),
        );
      }
    }
    const list = cases.map((each) => ({
      name: each.name,
      neighbours: each.neighbours,
      subsets: subsetRows(each),
    }));
    await Deno.writeTextFile(`${folder}/cases.json`, JSON.stringify(list));
    return await runReference(
      "references/metrics/metrics_reference.py",
      [folder],
      referenceRequirements,
    ) as MetricReference;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * Fails unless this project's values equal the reference values.
 *
 * This project's Fréchet distances are compared closely with the exact distances, but only loosely
 * with those of pytorch-fid and torch-fidelity. These two packages take the square root of a
 * product of two matrices, and this product is not symmetric. If a covariance matrix is singular,
 * then rounding turns eigenvalues of the product that should be 0 into about 1e-16, and the root of
 * 1e-16 is 1e-8. The distances that the two packages compute are therefore too small, with a
 * relative error of about 1e-8.
 */
export function assertReference(
  { name, fullRank, ...features }: MetricCase,
  reference: ReferenceScores,
): void {
  const found = computeScores({ name, fullRank, ...features });
  const { exact, ...usual } = reference.frechet;
  for (const route of ["fromSamples", "fromMoments"] as const) {
    assertRelative(found[route], exact, 1e-10, `${name}, ${route}`);
    for (const [software, theirs] of Object.entries(usual)) {
      assertRelative(found[route], theirs, 1e-6, `${name}, ${software}`);
      if (fullRank) continue;
      assertLess(
        Math.abs(found[route] - exact),
        Math.abs(theirs - exact),
        `${name}: ${software} is nearer`,
      );
    }
  }
  const { frechet: _, ...others } = reference;
  for (const [metric, wanted] of Object.entries(others)) {
    const value = found[metric as keyof typeof others];
    assertRelative(value, wanted, 1e-9, `${name}, ${metric}`);
  }
}

/**
 * Computes this project's values. The Fréchet distance is computed twice: once from the vectors,
 * and once from the moments alone.
 */
function computeScores(
  { real, generated, neighbours, kid }: MetricCase,
): Omit<ReferenceScores, "frechet"> & {
  readonly fromSamples: number;
  readonly fromMoments: number;
} {
  const moments = [computeMoments(real), computeMoments(generated)] as const;
  const samples = { a: real, b: generated };
  const { precision, recall, density, coverage } = precisionRecall(
    real,
    generated,
    { neighbours },
  );
  const distance = kernelInceptionDistance(real, generated, kid);
  return {
    fromSamples: frechetDistance(...moments, { samples }).fid,
    fromMoments: frechetDistance(...moments).fid,
    kid: distance.kid,
    deviation: distance.deviation,
    precision,
    recall,
    density,
    coverage,
  };
}
