import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { startEngine } from "../../lib/engine/backend.ts";
import { type RecordedSteps, RunRecorder } from "../../lib/runs/recorder.ts";
import { useNative } from "../support/engine.ts";

type Report = Parameters<RunRecorder<"loss", "error">["record"]>[0];

/**
 * The reports of ten steps, in epochs of three, four and three steps. The loss of step n is n
 * squared.
 */
const reports: readonly Report[] = Array.from({ length: 10 }, (_, i) => ({
  step: i + 1,
  epoch: i < 3 ? 1 : i < 7 ? 2 : 3,
  endsEpoch: [2, 6, 9].includes(i),
  loss: (i + 1) ** 2,
}));

/** The mean losses of the three epochs: means of the squares of 1 to 3, 4 to 7 and 8 to 10. */
const epochMeans = [14 / 3, 126 / 4, 245 / 3];

/**
 * Options for a recorder that never loses its claim on the run, because no other process works on
 * the run.
 */
const alone = { tensorboard: true, claim: { verify: () => Promise.resolve() } };

Deno.test("an epoch's mean covers all of its own steps, however the run is interrupted", async () => {
  await useNative();
  for (const cuts of [[], [1], [3], [4], [2, 5, 8], [7, 9]]) {
    const recorded = await recording();
    let recorder = await RunRecorder.open(recorded, alone);
    const means: number[] = [];
    for (const report of reports) {
      const mean = await recorder.record(report, report.step === 10);
      if (mean) means.push(mean.loss);
      if (!cuts.includes(report.step)) continue;
      await recorder.checkpoint();
      recorder = await RunRecorder.open(recorded, alone);
      assertEquals(recorder.step, report.step);
    }
    const what = `cut after ${cuts}`;
    assertEquals(means.length, epochMeans.length, what);
    means.forEach((mean, i) => assertAlmostEquals(mean, epochMeans[i], 1e-12));
    const rows = (await Deno.readTextFile(`${recorded.folder}/losses.csv`))
      .trim().split("\n");
    assertEquals(rows, [
      "scope,step,epoch,loss,error",
      "epoch,3,1,4.666667,0.300000",
      "epoch,7,2,31.500000,0.700000",
      "steps,10,3,38.500000,",
      "epoch,10,3,81.666667,1.000000",
    ], what);
  }
});

Deno.test("if a run ends within an epoch, the epoch's mean covers the steps that were taken", async () => {
  await useNative();
  const recorder = await RunRecorder.open(await recording(), alone);
  const [first, second] = reports;
  assertEquals(await recorder.record(first, false), undefined);
  assertEquals(await recorder.record(second, true), { loss: 2.5, error: .2 });
});

Deno.test("a process that has lost its claim writes neither rows nor checkpoints", async () => {
  await useNative();
  const recorded = await recording();
  const files = async () =>
    await Promise.all(
      ["losses.csv", "checkpoint.safetensors"].map((name) =>
        Deno.readFile(`${recorded.folder}/${name}`)
      ),
    );
  let owner = "this";
  const verify = () => owner === "this" ? Promise.resolve() : Promise.reject(new Error("lost"));
  const recorder = await RunRecorder.open(recorded, { tensorboard: false, claim: { verify } });
  for (const report of reports.slice(0, 4)) await recorder.record(report, false);
  await recorder.checkpoint();
  const before = await files();
  owner = "another";
  await recorder.record(reports[4], false);
  await assertRejects(() => recorder.checkpoint(), Error, "lost");
  // The seventh step ends an epoch.
  await recorder.record(reports[5], false);
  await assertRejects(() => recorder.record(reports[6], false), Error, "lost");
  assertEquals(await files(), before);
});

Deno.test("a checkpoint is written at the given interval and after the last step", async () => {
  await useNative();
  const written = async (step: number, last = false) => {
    const recorded = await recording();
    const recorder = await RunRecorder.open(recorded, alone);
    for (const report of reports.slice(0, step)) {
      await recorder.record(report, last && report.step === step);
    }
    return (await RunRecorder.open(recorded, alone)).step;
  };
  assertEquals(await written(3), 0);
  assertEquals(await written(4), 4);
  assertEquals(await written(7), 4);
  assertEquals(await written(8), 8);
  assertEquals(await written(6, true), 6);
});

Deno.test("every 100 steps add a row to the table and an event for TensorBoard", async () => {
  await useNative();
  const recorded = await recording();
  const recorder = await RunRecorder.open(recorded, alone);
  for (let step = 1; step <= 200; step++) {
    const endsEpoch = step === 120;
    await recorder.record({ step, epoch: 1, endsEpoch, loss: step }, false);
  }
  await recorder.checkpoint();
  assertEquals(
    recorder.rows("steps").map(({ step, loss }) => [step, loss]),
    [[100, 50.5], [200, 150.5]],
  );
  assertEquals(
    recorder.rows("epoch").map(({ step, error }) => [step, error]),
    [[120, 12]],
  );
  const folder = `${recorded.folder}/tensorboard`;
  const [{ name }] = await Array.fromAsync(Deno.readDir(folder));
  const events = new TextDecoder("latin1").decode(
    await Deno.readFile(`${folder}/${name}`),
  );
  for (const tag of ["steps/loss", "epoch/loss", "epoch/error"]) {
    assertEquals(events.includes(tag), true, tag);
  }
  // The rows of steps have no error, and "not a number" would be a point of a curve.
  assertEquals(events.includes("steps/error"), false);
});

Deno.test("without native TensorFlow there are rows and checkpoints, but no events", async () => {
  await startEngine({ engine: "cpu" });
  try {
    const recorded = await recording();
    const recorder = await RunRecorder.open(recorded, alone);
    for (const report of reports) await recorder.record(report, false);
    assertEquals(recorder.rows("epoch").map(({ step }) => step), [3, 7, 10]);
    assertEquals((await RunRecorder.open(recorded, alone)).step, 8);
    const names = await Array.fromAsync(Deno.readDir(recorded.folder));
    assertEquals(names.some(({ name }) => name === "tensorboard"), false);
  } finally {
    await useNative();
  }
});

async function recording(): Promise<RecordedSteps<"loss", "error">> {
  return {
    folder: await Deno.makeTempDir(),
    measures: ["loss"],
    epochMeasures: ["error"],
    state: { networks: {}, optimizers: {} },
    checkpointEvery: 4,
    onEpoch: (step) => Promise.resolve({ error: step / 10 }),
  };
}
