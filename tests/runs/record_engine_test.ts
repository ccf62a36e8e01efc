import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import type { Engine } from "../../lib/engine/engine.ts";
import { recordEngine } from "../../lib/runs/record_engine.ts";
import { RunError } from "../../lib/runs/run_folder.ts";

const native: Engine = {
  name: "native",
  reason: "it is in place",
  versions: {
    deno: "2.9.6",
    v8: "14.0",
    tfjs: "4.22.0",
    "tfjs-node": "4.22.0",
    tensorflow: "2.19.1",
  },
  threads: 2,
  threadSettings: { withinOperations: 1, acrossOperations: 2 },
  processor: "AMD EPYC",
  instructionSet: ["avx2", "fma"],
  oneDnn: false,
};
const wasm: Engine = { ...native, name: "wasm", versions: { tfjs: "4.22.0" } };

/**
 * The changes to the engine after which a run must not be resumed. For each change, `says` lists
 * the strings that the error message must contain.
 */
const refusals: readonly {
  readonly what: string;
  readonly now: Partial<Engine>;
  readonly says: readonly string[];
}[] = [
  {
    what: "a different engine",
    now: wasm,
    says: ["engine 'native', and this is 'wasm'", "--engine native"],
  },
  {
    what: "different threads within operations",
    now: { threadSettings: { withinOperations: 2, acrossOperations: 2 } },
    says: [
      "TF_NUM_INTRAOP_THREADS=2 TF_NUM_INTEROP_THREADS=2",
      "To resume: TF_NUM_INTRAOP_THREADS=1 TF_NUM_INTEROP_THREADS=2 deno task train --resume",
    ],
  },
  {
    what: "different threads across operations",
    now: { threadSettings: { withinOperations: 1, acrossOperations: 4 } },
    says: ["TF_NUM_INTEROP_THREADS=2 deno task train --resume"],
  },
  {
    what: "a different oneDNN setting",
    now: { oneDnn: true },
    says: [
      "oneDNN was off, now on",
      "To resume: TF_ENABLE_ONEDNN_OPTS=0 deno task train --resume",
    ],
  },
  {
    what: "a different oneDNN setting and different threads",
    now: {
      oneDnn: true,
      threadSettings: { withinOperations: 4, acrossOperations: 4 },
    },
    says: [
      "oneDNN was off, now on; TensorFlow's threads were",
      "To resume: TF_ENABLE_ONEDNN_OPTS=0 TF_NUM_INTRAOP_THREADS=1 TF_NUM_INTEROP_THREADS=2 deno",
    ],
  },
  {
    what: "a different TensorFlow",
    now: { versions: { ...native.versions, tensorflow: "2.20.0" } },
    says: ["tensorflow was 2.19.1, now 2.20.0", "remove", "engine.json"],
  },
  {
    what: "a oneDNN default that no environment can restore on a different processor",
    now: { oneDnn: true, processor: "Intel Xeon" },
    says: ["oneDNN was off, now on", "Resume it under the old conditions"],
  },
  {
    what: "more instructions",
    now: { instructionSet: ["avx2", "fma", "avx512f"] },
    says: ["(avx2 fma), now AMD EPYC (avx2 fma avx512f)", "engine.json"],
  },
  {
    what: "a different processor",
    now: { processor: "Intel Xeon" },
    says: ["was AMD EPYC (avx2 fma), now Intel Xeon", "engine.json"],
  },
];

for (const { what, now, says } of refusals) {
  Deno.test(`a run is not resumed with ${what}`, async () => {
    const folder = await startedOn(native);
    const before = await Deno.readTextFile(`${folder}/engine.json`);
    const { message } = await assertRejects(
      () => recordEngine(folder, { ...native, ...now }, "deno task train --resume"),
      RunError,
      folder,
    );
    for (const words of says) assertStringIncludes(message, words);
    assertEquals(await Deno.readTextFile(`${folder}/engine.json`), before);
  });
}

Deno.test("a run with different threads or oneDNN is refused, and the error names the variables to set", async () => {
  const folder = await startedOn(native);
  await assertRejects(
    () => recordEngine(folder, { ...native, oneDnn: true }),
    RunError,
    "TF_ENABLE_ONEDNN_OPTS=0 the same command",
  );
});

Deno.test("the engine is recorded as a text file", async () => {
  const text = await Deno.readTextFile(
    `${await startedOn(native)}/engine.json`,
  );
  assertEquals(JSON.parse(text), native);
  assertEquals(text.endsWith("}\n"), true);
});

Deno.test("a run resumes with a different version of Deno or a different reason for its engine", async () => {
  const folder = await startedOn(native);
  await recordEngine(folder, native);
  const versions = { ...native.versions, deno: "3.0.0", v8: "15.0" };
  await recordEngine(folder, { ...native, versions, reason: "it was set up" });
});

Deno.test("JavaScript engines give the same bits on every processor, so a run may continue on a different one", async () => {
  const folder = await startedOn(wasm);
  await recordEngine(folder, { ...wasm, processor: "another", oneDnn: true });
});

Deno.test("a run of an earlier version, without thread settings, can be resumed", async () => {
  const { threadSettings: _, ...earlier } = native;
  const folder = await startedOn(earlier as Engine);
  await recordEngine(folder, native);
});

Deno.test("a broken engine.json is reported with a remedy", async () => {
  for (const text of ["{", "{}", '{"name": "gpu"}']) {
    const folder = await startedOn(native);
    await Deno.writeTextFile(`${folder}/engine.json`, text);
    const { message } = await assertRejects(
      () => recordEngine(folder, native),
      RunError,
      `${folder}/engine.json`,
    );
    assertStringIncludes(message, "Restore it from a copy, or remove it");
  }
});

async function startedOn(engine: Engine): Promise<string> {
  const folder = await Deno.makeTempDir();
  await recordEngine(folder, engine);
  return folder;
}
