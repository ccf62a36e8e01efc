import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import {
  createRun,
  listRuns,
  refuseTaken,
  reopenRun,
  RunError,
} from "../../lib/runs/run_folder.ts";
import { toyOptions } from "../support/toy.ts";

Deno.test("a run that was created is reopened with its options", async () => {
  const root = await Deno.makeTempDir();
  const options = toyOptions({ labels: "fixed", seed: 7 });
  const run = await createRun(`${root}/runs`, "one", options);
  assertEquals(run.folder, `${root}/runs/one`);
  assertEquals(await reopenRun(`${root}/runs`, "one", {}), run);
  assertEquals(
    await reopenRun(`${root}/runs`, "one", { seed: 7, labels: "fixed" }),
    run,
  );
});

Deno.test("a run's name that is already in use is refused", async () => {
  const root = await Deno.makeTempDir();
  await refuseTaken(root, "one");
  await createRun(root, "one", toyOptions());
  await assertRejects(
    () => refuseTaken(root, "one"),
    RunError,
    "--resume, or choose another --name",
  );
  await assertRejects(
    () => createRun(root, "one", toyOptions()),
    RunError,
    "exists",
  );
});

Deno.test("options that cannot be read are reported with their file", async () => {
  const root = await Deno.makeTempDir();
  await createRun(root, "one", toyOptions());
  await Deno.writeTextFile(`${root}/one/config.json`, "{");
  const { message } = await assertRejects(() => reopenRun(root, "one", {}), RunError);
  assertStringIncludes(message, `wanted its options in ${root}/one/config.json, found`);
});

Deno.test("a run whose options cannot be saved leaves its name free", async () => {
  const root = await Deno.makeTempDir();
  // JSON has no large integers.
  await assertRejects(() => createRun(root, "one", { seed: 7n }), TypeError);
  await createRun(root, "one", { seed: 7 });
});

Deno.test("names that would lead out of the folder of runs are refused", async () => {
  const root = await Deno.makeTempDir();
  for (
    const name of [
      "",
      ".",
      "..",
      "../out",
      "a/b",
      "-x",
      "a b",
      "a\0",
      "x".repeat(101),
    ]
  ) {
    await assertRejects(
      () => createRun(root, name, toyOptions()),
      RunError,
      "A run's name",
    );
  }
});

Deno.test("resuming with different options is refused, naming each difference", async () => {
  const root = await Deno.makeTempDir();
  await createRun(root, "one", toyOptions());
  await assertRejects(
    () => reopenRun(root, "one", { epochs: 5, labels: "none", batchSize: 16 }),
    RunError,
    'Different: epochs was 1, now 5; labels was "random", now "none".',
  );
});

Deno.test("an unknown run is refused, with or without other runs in the folder", async () => {
  const root = await Deno.makeTempDir();
  await assertRejects(
    () => reopenRun(root, "one", {}),
    RunError,
    "there are no runs there",
  );
  await createRun(root, "two", toyOptions());
  await assertRejects(
    () => reopenRun(root, "one", {}),
    RunError,
    "the runs there are two",
  );
});

Deno.test("an unknown run is refused with the names of all runs", async () => {
  const root = await Deno.makeTempDir();
  await createRun(root, "two", toyOptions());
  await createRun(root, "three", toyOptions());
  const error = await assertRejects(() => reopenRun(root, "one", {}), RunError);
  assertEquals(/two, three|three, two/.test(String(error)), true);
  assertEquals(String(error).startsWith("RunError: "), true);
  await Deno.mkdir(`${root}/odd/config.json`, { recursive: true });
  const other = await assertRejects(() => reopenRun(root, "odd", {}));
  assertEquals(other instanceof RunError, false);
  await assertRejects(
    () => listRuns(`${root}/two/config.json`),
    Deno.errors.NotADirectory,
  );
});

Deno.test("a run in the folder of earlier versions is reported with the way to move it", async () => {
  const folder = await Deno.makeTempDir();
  await createRun(folder, "one", toyOptions());
  await assertRejects(
    () => reopenRun(`${folder}/gan`, "one", {}),
    RunError,
    `it is in ${folder}/one, the folder of earlier versions. ` +
      `Move it: mv ${folder}/one ${folder}/gan/`,
  );
});

Deno.test("runs are listed in the order in which they were started", async () => {
  const root = await Deno.makeTempDir();
  assertEquals(await listRuns(`${root}/missing`), []);
  for (const [i, name] of ["b", "a", "c"].entries()) {
    await createRun(root, name, toyOptions());
    await Deno.utime(`${root}/${name}/config.json`, 1000 + i, 1000 + i);
  }
  await Deno.mkdir(`${root}/no-run`);
  assertEquals(await listRuns(root), ["b", "a", "c"]);
});
