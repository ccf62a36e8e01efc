import { assertEquals, assertRejects } from "@std/assert";
import { lastStep, LossTable } from "../../lib/runs/loss_table.ts";
import { stepMeasures } from "../../lib/training/gan/gan_step.ts";

const values = (x: number) => ({
  discriminatorLoss: x,
  generatorLoss: 2 * x,
  realScore: 0.5,
  fakeScore: 0.25,
});

Deno.test("a table of losses returns its rows by scope", async () => {
  const path = `${await Deno.makeTempDir()}/losses.csv`;
  const table = await LossTable.open(path, stepMeasures, 0);
  await table.add("steps", 100, 1, values(0.7));
  await table.add("epoch", 117, 1, values(0.6));
  await table.add("steps", 200, 2, values(0.5));
  assertEquals(table.read("steps"), [{ step: 100, ...values(0.7) }, {
    step: 200,
    ...values(0.5),
  }]);
  assertEquals(table.read("epoch"), [{ step: 117, ...values(0.6) }]);
});

Deno.test("columns of a table of losses are named in small letters", async () => {
  const path = `${await Deno.makeTempDir()}/losses.csv`;
  await LossTable.open(path, stepMeasures, 0);
  assertEquals(
    await Deno.readTextFile(path),
    "scope,step,epoch,discriminator_loss,generator_loss,real_score,fake_score\n",
  );
});

Deno.test("a table of losses that cannot be read is not started again", async () => {
  const folder = await Deno.makeTempDir();
  const error = await assertRejects(() => LossTable.open(folder, stepMeasures, 0));
  assertEquals(String(error).includes("directory"), true);
});

Deno.test("reopening a table of losses drops incomplete rows and those after the last checkpoint", async () => {
  const path = `${await Deno.makeTempDir()}/losses.csv`;
  const table = await LossTable.open(path, stepMeasures, 0);
  for (const step of [100, 200, 300]) {
    await table.add("steps", step, 1, values(step));
  }
  const whole = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, "steps,10", { append: true });
  await LossTable.open(path, stepMeasures, 300);
  assertEquals(await Deno.readTextFile(path), whole);
  const again = await LossTable.open(path, stepMeasures, 200);
  assertEquals(again.read("steps").map(({ step }) => step), [100, 200]);
});

Deno.test("the last step of a run is read from the end of its table, and is 0 without rows or table", async () => {
  const folder = await Deno.makeTempDir();
  assertEquals(await lastStep(folder), 0);
  const table = await LossTable.open(`${folder}/losses.csv`, stepMeasures, 0);
  assertEquals(await lastStep(folder), 0);
  for (const step of [100, 200, 300]) await table.add("steps", step, 1, values(step));
  assertEquals(await lastStep(folder), 300);
});

Deno.test("a table of losses that cannot be read is not treated as missing", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(`${folder}/losses.csv`);
  await assertRejects(() => lastStep(folder));
});
