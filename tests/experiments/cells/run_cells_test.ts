import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import {
  type CellRecord,
  readCellRecord,
  TRAINING_VERSION,
  writeCellRecord,
} from "../../../lib/experiments/cells/cell_record.ts";
import { readState } from "../../../lib/experiments/cells/cell_state.ts";
import { folderOf, nameOf } from "../../../lib/experiments/cells/cells.ts";
import { type CellsReport, runCells } from "../../../lib/experiments/cells/run_cells.ts";
import { formatStatus, readStatus } from "../../../lib/experiments/cells/status.ts";
import { keepEvaluation, readEvaluations } from "../../../lib/evaluation/judge/evaluations_file.ts";
import { SCORES_VERSION } from "../../../lib/evaluation/judge/evaluate_options.ts";
import { gather } from "../../../lib/experiments/report/gather.ts";
import { cellFrame } from "../../../lib/experiments/report/tables.ts";
import { writeReport } from "../../../lib/experiments/report/write_report.ts";
import { RunError } from "../../../lib/runs/run_folder.ts";
import { listFiles } from "../../support/run_folders.ts";
import { randomStream } from "../../../lib/random.ts";
import { TINY_SAMPLES, tinyCells, tinyGrid, tinyOptions } from "../../support/tiny_experiments.ts";
import { assertSameCells, contentOf, copyOfWhole, tools, whole } from "../../support/tiny_runs.ts";

Deno.test("a cell keeps options, engine, losses with the curve, scores and a sheet, and little else", async () => {
  const root = await whole();
  const [cell] = tinyCells();
  const folder = folderOf(root, cell);
  const files = await listFiles(folder);
  assertEquals(files.filter((name) => !name.startsWith("models/")), [
    "cell.json",
    "config.json",
    "distances.csv",
    "engine.json",
    "losses.csv",
    "scores.json",
    "sheet.png",
    "summary.json",
  ]);
  let bytes = 0;
  for (const name of files.filter((name) => !name.startsWith("models/"))) {
    bytes += (await Deno.stat(`${folder}/${name}`)).size;
  }
  assert(bytes < 150_000, `${bytes} bytes`);
  const state = await readState(root, cell);
  assert(state.kind === "finished");
  const [{ images, against, scores }] = state.evaluations;
  assertEquals([images, against], [[TINY_SAMPLES, 300], "MNIST's test images"]);
  for (const name of ["digit-FID", "recall", "coverage"]) {
    assert(
      scores.some((score) => score.name === name && score.floor !== undefined),
      name,
    );
  }
  const losses = await Deno.readTextFile(`${folder}/losses.csv`);
  const points = losses.trim().split("\n").slice(1).map((row) => row.split(","))
    .filter(([, , , , , , , digitFid]) => digitFid !== "");
  // The curve has a point after every fourth epoch of 10 steps, and at the last step.
  assertEquals(points.map(([scope, step]) => [scope, step]), [
    ["epoch", "40"],
    ["epoch", "60"],
  ]);
  assert(state.record.seconds.training > 0 && state.record.seconds.judging > 0);
});

Deno.test("finished cells are skipped and left unchanged", async () => {
  const root = await whole();
  const before = await contentOf(root);
  const reports = await work(root);
  assertEquals(
    reports.map(({ kind }) => kind),
    Array(4).fill("finished-before"),
  );
  assertEquals(await contentOf(root), before);
});

Deno.test("cells that a signal stopped end with the same bytes after they are resumed", async () => {
  const root = await Deno.makeTempDir();
  const stream = randomStream(1, "stops");
  for (;;) {
    const controller = new AbortController();
    const stopAt = 1 + stream.integer(59);
    let stopped = false;
    for await (
      const report of runCells(tinyCells(), {
        root,
        ...await tools(),
        signal: controller.signal,
      })
    ) {
      if (report.kind !== "progress") continue;
      const { report: inner } = report;
      if (inner.kind === "step" && inner.step === stopAt) controller.abort();
      if (inner.kind === "stopped") stopped = true;
    }
    if (!stopped) break;
  }
  await assertSameCells(root);
});

Deno.test("a corrupted cell is reported with its file, and trained again on request", async () => {
  const cells = tinyCells();
  for (
    const [name, damage] of [
      ["scores.json", (text: string) => text.slice(0, 40)],
      ["cell.json", () => "{}"],
      ["config.json", (text: string) => text.replace("0.0002", "0.0003")],
      ["summary.json", () => "no JSON"],
    ] as const
  ) {
    const root = await copyOfWhole();
    const path = `${folderOf(root, cells[1])}/${name}`;
    await Deno.writeTextFile(path, damage(await Deno.readTextFile(path)));
    const reports = await work(root);
    assertEquals(reports.map(({ kind }) => kind), [
      "finished-before",
      "broken",
      "finished-before",
      "finished-before",
    ], name);
    const [, broken] = reports;
    assert(broken.kind === "broken");
    assertStringIncludes(broken.message, folderOf(root, cells[1]));
    assertStringIncludes(
      formatStatus(await readStatus(root, cells)),
      "3 finished, 1 broken",
    );
    if (name !== "scores.json") continue;
    await work(root, { retry: true });
    await assertSameCells(root);
  }
});

Deno.test("a broken checkpoint makes its cell fail, and the other cells are finished", async () => {
  const root = await copyOfWhole();
  const cells = tinyCells();
  const folder = folderOf(root, cells[0]);
  for (const name of ["summary.json", "scores.json", "cell.json"]) {
    await Deno.remove(`${folder}/${name}`);
  }
  await Deno.writeTextFile(`${folder}/checkpoint.safetensors`, "damaged");
  const reports = await work(root);
  const broken = reports.filter(({ kind }) => kind === "broken");
  assertEquals(broken.length, 1);
  assert(broken[0].kind === "broken");
  assertStringIncludes(broken[0].message, "checkpoint.safetensors");
  assertEquals((await readState(root, cells[0])).kind, "broken");
  await work(root, { retry: true });
  await assertSameCells(root);
});

Deno.test("the same cells give the same report byte for byte, with a list of missing cells", async () => {
  const root = await whole();
  const report = async (root: string) => {
    const out = await Deno.makeTempDir();
    await writeReport([tinyGrid], { root, out, ...tinyOptions });
    return await contentOf(out);
  };
  const first = await report(root);
  assertEquals(await report(root), first);
  assertEquals([...first.keys()].sort(), [
    "report.html",
    "report.md",
    "tiny-cells.csv",
    "tiny-cells.parquet",
    "tiny-curve.png",
    "tiny-differences.png",
    "tiny-losses.png",
    "tiny-sheets.png",
    "tiny.csv",
    "tiny.parquet",
  ]);
  const text = new TextDecoder().decode(first.get("report.md"));
  assertStringIncludes(text, "4 cells of 60 steps each");
  assertStringIncludes(text, "2 degrees of freedom");
  assertStringIncludes(text, "(tiny-differences.png)");
  const partial = await copyOfWhole();
  await Deno.remove(folderOf(partial, tinyCells()[3]), { recursive: true });
  const fewer = new TextDecoder().decode(
    (await report(partial)).get("report.md"),
  );
  assertStringIncludes(fewer, "fixed: seed 2 (not begun)");
});

Deno.test("cells that were trained or judged under different conditions are not reported in one table", async () => {
  const [first] = tinyCells();
  for (
    const [file, from, to, named] of [
      ["cell.json", `"training": ${TRAINING_VERSION}`, `"training": 99`, "training version 99"],
      ["cell.json", `"scores": ${SCORES_VERSION}`, `"scores": 99`, "scores version 99"],
      ["summary.json", `"withinOperations": `, `"withinOperations": 7`, "threads 7"],
      ["summary.json", `"tensorflow": "`, `"tensorflow": "9`, "tensorflow 9"],
      ["summary.json", `"tfjs-node": "`, `"tfjs-node": "9`, "tfjs-node 9"],
      ["scores.json", /(?<="images": \[\s*)200/, "100", "100 generated images against 300"],
      ["scores.json", /(?<="images": \[\s*200,\s*)300/, "299", "200 generated images against 299"],
      ["scores.json", "MNIST's test images", "others", "300 (others)"],
      ["scores.json", /(?<="hash": ")\w+(?=",\s*"dimension")/, "abc", "digit weights abc"],
      ["scores.json", /(?<="classifier": ")\w+/, "abc", "classifier weights abc"],
      ["scores.json", `"scoring": ${SCORES_VERSION}`, `"scoring": 99`, "digit scores version 99"],
      ["scores.json", `"seed": 1`, `"seed": 2`, "judging seed 2"],
    ] as const
  ) {
    const root = await copyOfWhole();
    await edit(`${folderOf(root, first)}/${file}`, from, to);
    await assertRejects(() => reportOn(root), RunError, named);
  }
});

Deno.test("cells without LeNet are reported with others, but not cells with two kinds of LeNet", async () => {
  const [, second, third] = tinyCells();
  const root = await copyOfWhole();
  await addLenet(folderOf(root, second), "abc");
  await reportOn(root);
  await addLenet(folderOf(root, third), "def");
  const error = await assertRejects(
    () => reportOn(root),
    RunError,
    "lenet weights abc and lenet weights def",
  );
  assertStringIncludes(error.message, `'${nameOf(second)}' and '${nameOf(third)}'`);
});

Deno.test("total times are estimated from cells that were timed over all of their steps", async () => {
  const cells = tinyCells();
  const root = await copyOfWhole();
  for (const cell of cells) await setTimes(folderOf(root, cell), { training: 50, judging: 10 });
  const measured = await reportOn(root);
  assertStringIncludes(measured, "Training and judging took 4m00s in total.");
  // In an old record, the time of a killed session is missing.
  const old = folderOf(root, cells[1]);
  await setTimes(old, { training: 1, judging: 1 });
  await edit(`${old}/cell.json`, /,\s*"timedSteps": 60/, "");
  await edit(`${old}/summary.json`, `"stepsOfThisSession": 60`, `"stepsOfThisSession": 20`);
  const estimated = await reportOn(root);
  assertStringIncludes(estimated, "took about 4m00s in total");
  assertStringIncludes(estimated, "the measured time of 3 cells");
  const { grids: [grid] } = await gather(root, [tinyGrid], tinyOptions);
  assertEquals([...cellFrame(grid).getColumn("timed_steps")], [60, 60, null, 60]);
  await Deno.remove(folderOf(root, cells[0]), { recursive: true });
  const status = formatStatus(await readStatus(root, cells), true);
  assertStringIncludes(status, "About 1m00s left");
  assertStringIncludes(status, "at least 2s");
});

Deno.test("a report without cells explains how to make them", async () => {
  const root = await Deno.makeTempDir();
  await assertRejects(
    () => writeReport([tinyGrid], { root, out: `${root}/out`, ...tinyOptions }),
    RunError,
    "deno task experiments run",
  );
});

Deno.test("a report on the base alone lists the missing experiments", async () => {
  const root = await copyOfWhole();
  for (
    const cell of tinyCells().filter(({ experiment }) => experiment !== tinyGrid.base)
  ) {
    await Deno.remove(folderOf(root, cell), { recursive: true });
  }
  await assertRejects(
    () => writeReport([tinyGrid], { root, out: `${root}/out`, ...tinyOptions }),
    RunError,
    "other than the base's",
  );
});

async function work(
  root: string,
  options: { retry?: boolean } = {},
): Promise<CellsReport[]> {
  const reports = await Array.fromAsync(
    runCells(tinyCells(), { root, ...await tools(), ...options }),
  );
  return reports.filter((report) => report.kind !== "progress" || report.report.kind === "end");
}

async function setTimes(folder: string, seconds: CellRecord["seconds"]): Promise<void> {
  const record = await readCellRecord(folder);
  await writeCellRecord(folder, { ...record!, seconds });
}

/** Returns the text of a report on the tiny grid. */
async function reportOn(root: string): Promise<string> {
  return await writeReport([tinyGrid], { root, out: await Deno.makeTempDir(), ...tinyOptions });
}

/** Replaces text in a file. Fails if the file does not contain this text. */
async function edit(path: string, from: string | RegExp, to: string): Promise<void> {
  const text = await Deno.readTextFile(path);
  const edited = text.replace(from, to);
  assertNotEquals(edited, text, `${path}: ${from}`);
  await Deno.writeTextFile(path, edited);
}

/** Adds an evaluation with LeNet to a cell, as if the cell had been judged with LeNet, too. */
async function addLenet(folder: string, hash: string): Promise<void> {
  const [evaluation] = await readEvaluations(folder);
  await keepEvaluation(folder, {
    ...evaluation,
    extractor: { name: "lenet", hash, dimension: 84 },
  });
}
