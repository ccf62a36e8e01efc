/**
 * Rewrites the files in tests/golden/training. They contain three training steps of each GAN in
 * gan_cases.ts, as computed by gan_reference.py.
 *
 * Run this script with `deno run -A tests/references/training/write_golden.ts`.
 */
import { writeAtomically } from "../../../lib/system/atomic_write.ts";
import { encodeSafetensors, type NamedTensor } from "../../../lib/models/safetensors.ts";
import { useNative } from "../../support/engine.ts";
import {
  checkpointOf,
  computeGanReference,
  createCase,
  ganCases,
  joinTensors,
} from "../../support/gan_cases.ts";

await useNative();
const { numpy, cases } = await computeGanReference();
const tensors = new Map<string, NamedTensor>();
for (const each of ganCases) {
  const final = cases.get(each.name)!;
  put(
    `${each.name}/initial`,
    joinTensors(await checkpointOf(createCase(each))),
  );
  put(`${each.name}/final`, joinTensors(final));
  tensors.set(`${each.name}/measures`, final.get("measures")!);
}
await writeAtomically(
  new URL("../../golden/training/gan_steps.safetensors", import.meta.url)
    .pathname,
  encodeSafetensors({
    tensors,
    metadata: {
      origin: `gan_reference.py on the cases of gan_cases.ts: numpy ${numpy}`,
    },
  }),
);

function put(name: string, numbers: readonly number[]): void {
  tensors.set(name, {
    shape: [numbers.length],
    values: Float32Array.from(numbers),
  });
}
