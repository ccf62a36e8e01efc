/**
 * Tests {@linkcode recordRun}: the reports that it makes and the functions that it calls. A simple
 * stand-in replaces the training of a real model.
 */
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertRejects,
} from "@std/assert";
import type { Engine } from "../../lib/engine/engine.ts";
import {
  type RecordedTraining,
  recordRun,
  type RunReport,
  type TrainRunOptions,
} from "../../lib/runs/record_run.ts";
import { checkpointPath } from "../../lib/runs/recorder.ts";
import { RunError } from "../../lib/runs/run_folder.ts";
import { peakMemory, readSummary } from "../../lib/runs/summary.ts";
import { useNative } from "../support/engine.ts";

const engine: Engine = {
  name: "native",
  reason: "it is in place",
  versions: { tensorflow: "2.19.1" },
  threads: 1,
  threadSettings: { withinOperations: 1, acrossOperations: 1 },
  processor: "AMD EPYC",
  instructionSet: ["avx2"],
  oneDnn: false,
};

type Report = RunReport<"loss">;

Deno.test("a run reports its start, every step, every epoch's mean and its end", async () => {
  const { training } = await newTraining();
  const reports = await record(training);
  assertEquals(reports[0], { kind: "start", step: 0, steps: 10, epochs: 3 });
  assertEquals(
    reports.filter(({ kind }) => kind === "step"),
    Array.from({ length: 10 }, (_, i) => ({
      kind: "step" as const,
      step: i + 1,
      epoch: Math.ceil((i + 1) / 4),
      endsEpoch: (i + 1) % 4 === 0,
      loss: i + 1,
    })),
  );
  // Each epoch's mean follows its last step; the last epoch has two steps.
  assertEquals(reports.filter(({ kind }) => kind === "epoch"), [
    { kind: "epoch", step: 4, epoch: 1, mean: { loss: 2.5 } },
    { kind: "epoch", step: 8, epoch: 2, mean: { loss: 6.5 } },
    { kind: "epoch", step: 10, epoch: 3, mean: { loss: 9.5 } },
  ]);
  assertEquals(reports.map(({ kind }) => kind).slice(4, 7), [
    ...["step", "epoch", "step"],
  ]);
  const end = reports.at(-1)!;
  assert(end.kind === "end");
  assertEquals(end.before, false);
  assertEquals(await readSummary(training.folder), end.summary);
});

Deno.test("a run prepares once before its first step, and at its end saves once and draws once", async () => {
  const { training, calls } = await newTraining();
  await record(training);
  assertEquals(calls, ["onStart", "train after 0", "save", "draw 1 row"]);
  assertEquals((await record(training)).map(({ kind }) => kind), [
    ...["start", "end"],
  ]);
  assertEquals(calls.length, 4);
});

Deno.test("a run without preparations and pictures can be recorded", async () => {
  const { training } = await newTraining();
  const { onStart: _, draw: __, ...plain } = training;
  assertEquals((await record(plain)).at(-1)?.kind, "end");
  const other = await newTraining();
  const { onStart: ___, draw: ____, ...stopped } = other.training;
  assertEquals((await recordUntil(stopped, 3)).at(-1)?.kind, "stopped");
});

Deno.test("a stopped run keeps a checkpoint and a picture but no model, and can be resumed", async () => {
  const { training, calls } = await newTraining();
  const reports = await recordUntil(training, 5);
  assertEquals(reports.at(-1), { kind: "stopped", step: 5, steps: 10 });
  assertEquals(calls, ["onStart", "train after 0", "draw 0 rows"]);
  assertEquals(await readSummary(training.folder), undefined);
  const resumed = await record(training);
  assertEquals(resumed[0], { kind: "start", step: 5, steps: 10, epochs: 3 });
  assertEquals(calls.slice(3), ["train after 5", "save", "draw 1 row"]);
  const end = resumed.at(-1)!;
  assert(end.kind === "end");
  assertEquals([end.summary.steps, end.summary.stepsOfThisSession], [10, 5]);
});

Deno.test("a run that is stopped at its last step counts as finished", async () => {
  const { training } = await newTraining();
  assertEquals((await recordUntil(training, 10)).at(-1)?.kind, "end");
});

Deno.test("recording a finished run again returns the same summary", async () => {
  const { training } = await newTraining();
  const first = (await record(training)).at(-1)!;
  assert(first.kind === "end");
  assertEquals(await record(training), [
    { kind: "start", step: 10, steps: 10, epochs: 3 },
    { kind: "end", summary: first.summary, before: true },
  ]);
});

Deno.test("the summary counts this session's steps and seconds, and has no speed without a step", async () => {
  const { training } = await newTraining();
  const { summary } = await atHalfASecondAStep(training, 10);
  const { peakMemoryMB, ...timed } = summary;
  assertEquals(timed, {
    name: "toy",
    steps: 10,
    secondsOfThisSession: 5,
    stepsOfThisSession: 10,
    stepsPerSecond: 2,
    engine,
  });
  assertEquals(Number.isInteger(peakMemoryMB), true);
  assertAlmostEquals(1e6 * peakMemoryMB, peakMemory(), .2 * peakMemory());
  await Deno.remove(`${training.folder}/summary.json`);
  const again = await atHalfASecondAStep(training, 0);
  assertEquals(
    [again.summary.stepsOfThisSession, again.summary.stepsPerSecond],
    [0, null],
  );
});

Deno.test("a broken summary is reported with a remedy", async () => {
  const { training } = await newTraining();
  await record(training);
  const path = `${training.folder}/summary.json`;
  const text = await Deno.readTextFile(path);
  assertEquals(text.endsWith("}\n"), true);
  await Deno.writeTextFile(path, text.slice(0, -3));
  const { message, cause } = await assertRejects(
    () => readSummary(training.folder),
    RunError,
    path,
  );
  assert(message.endsWith("Remove it; --resume then writes it again."));
  assert(cause instanceof SyntaxError);
});

Deno.test("readSummary throws system errors unchanged", async () => {
  const { training } = await newTraining();
  await Deno.mkdir(`${training.folder}/summary.json`);
  const error = await assertRejects(() => readSummary(training.folder));
  assert(!(error instanceof RunError));
});

Deno.test("the peak memory of a process is plausible: over tens of megabytes, below the machine's", () => {
  assertGreater(peakMemory(), 30e6);
  assertLess(peakMemory(), Deno.systemMemoryInfo().total);
});

Deno.test("TensorBoard's files are written unless they are switched off", async () => {
  await useNative();
  const written = async (options: Partial<TrainRunOptions>) => {
    const { training } = await newTraining();
    await Array.fromAsync(recordRun(training, { engine, ...options }));
    return await isThere(`${training.folder}/tensorboard`);
  };
  assertEquals(await written({}), true);
  assertEquals(await written({ tensorboard: true }), true);
  assertEquals(await written({ tensorboard: false }), false);
});

Deno.test("a run's claim is released however the run ends", async () => {
  const { training } = await newTraining();
  const failing = {
    ...training,
    save: () => Promise.reject(new Error("disk full")),
  };
  const claim = `${training.folder}/claim.json`;
  await assertRejects(() => record(failing), Error, "disk full");
  assertEquals(await isThere(claim), false);
  // All steps are done and stored, so only the missing model is saved again.
  assertEquals((await record(training)).map(({ kind }) => kind), [
    ...["start", "end"],
  ]);
  assertEquals(await isThere(claim), false);
});

Deno.test("a different engine is refused before anything is restored, with the command to resume", async () => {
  const { training } = await newTraining();
  await recordUntil(training, 5);
  const before = await Deno.readFile(checkpointPath(training));
  const { message } = await assertRejects(
    () =>
      Array.fromAsync(recordRun(training, {
        engine: { ...engine, oneDnn: true },
        resumeCommand: "deno task toy --resume",
      })),
    RunError,
  );
  assertEquals(
    message.endsWith("TF_ENABLE_ONEDNN_OPTS=0 deno task toy --resume"),
    true,
  );
  assertEquals(await Deno.readFile(checkpointPath(training)), before);
  assertEquals(await isThere(`${training.folder}/claim.json`), false);
});

/**
 * Returns a stand-in for a training run of ten steps, with four steps per epoch. The loss of step n
 * is n. `calls` lists the functions that the run has called.
 */
async function newTraining(): Promise<{
  training: RecordedTraining<"loss">;
  calls: string[];
}> {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/config.json`, "{}");
  const calls: string[] = [];
  const training: RecordedTraining<"loss"> = {
    name: "toy",
    folder,
    measures: ["loss"],
    epochMeasures: [],
    state: { networks: {}, optimizers: {} },
    checkpointEvery: 100,
    steps: 10,
    stepsPerEpoch: 4,
    onEpoch: () => Promise.resolve({}),
    onStart: () => note(calls, "onStart"),
    save: () => note(calls, "save"),
    draw: (recorder) => {
      const { length } = recorder.rows("steps");
      return note(calls, `draw ${length} ${length === 1 ? "row" : "rows"}`);
    },
    async *train(firstStep) {
      calls.push(`train after ${firstStep}`);
      for (let step = firstStep + 1; step <= 10; step++) {
        const [epoch, endsEpoch] = [Math.ceil(step / 4), step % 4 === 0];
        yield { step, epoch, endsEpoch, loss: step };
      }
    },
  };
  return { training, calls };
}

function note(calls: string[], call: string): Promise<void> {
  calls.push(call);
  return Promise.resolve();
}

async function record(training: RecordedTraining<"loss">): Promise<Report[]> {
  const options = { engine, tensorboard: false };
  return await Array.fromAsync(recordRun(training, options));
}

async function recordUntil(
  training: RecordedTraining<"loss">,
  step: number,
): Promise<Report[]> {
  const controller = new AbortController();
  const { signal } = controller;
  const reports: Report[] = [];
  const options = { engine, tensorboard: false, signal };
  for await (const report of recordRun(training, options)) {
    reports.push(report);
    if (report.kind === "step" && report.step === step) controller.abort();
  }
  return reports;
}

/**
 * Records a run on a simulated clock, on which each step takes half a second. Checks that the run
 * takes the wanted number of steps, and returns its last report.
 */
async function atHalfASecondAStep(
  training: RecordedTraining<"loss">,
  wanted: number,
): Promise<Extract<Report, { kind: "end" }>> {
  const { now } = performance;
  let clock = 1000;
  let steps = 0;
  performance.now = () => clock;
  try {
    for await (
      const report of recordRun(training, { engine, tensorboard: false })
    ) {
      if (report.kind === "step") clock += 500, steps++;
      if (report.kind !== "end") continue;
      assertEquals(steps, wanted);
      return report;
    }
    throw new Error("The run has no end.");
  } finally {
    performance.now = now;
  }
}

async function isThere(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
