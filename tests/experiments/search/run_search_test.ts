/**
 * Tests real searches with three tiny candidates: their rungs, interruptions, claims and reports.
 */
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { startEngine } from "../../../lib/engine/backend.ts";
import { type CellJudge, openCellJudge } from "../../../lib/experiments/cells/cell_judge.ts";
import { type Cell, folderOf } from "../../../lib/experiments/cells/cells.ts";
import { runCells } from "../../../lib/experiments/cells/run_cells.ts";
import { experiment } from "../../../lib/experiments/experiment.ts";
import { readSearch } from "../../../lib/experiments/search/read_search.ts";
import { runSearch } from "../../../lib/experiments/search/run_search.ts";
import { firstRung } from "../../../lib/experiments/search/search.ts";
import { formatSearch, rungRows } from "../../../lib/experiments/search/search_report.ts";
import { stepCost } from "../../../lib/experiments/search/step_cost.ts";
import { claimRun } from "../../../lib/runs/claim_run.ts";
import { UserError } from "../../../lib/system/user_error.ts";
import { useNative } from "../../support/engine.ts";
import { listFiles } from "../../support/run_folders.ts";
import { TINY_SAMPLES, tinyGrid, tinyMnist } from "../../support/tiny_experiments.ts";

const { options } = tinyGrid.base;
const candidate = (name: string, changes: object) => ({
  experiment: experiment(name, { ...options, ...changes }, "validation"),
  origin: `idea of ${name}`,
});

/**
 * The plan has three candidates in the first rung and two in the second. In the first rung, each
 * candidate may spend the cost of 20 training steps of the first candidate; in the second rung, it
 * may spend the cost of 40 such steps.
 */
const plan = {
  candidates: [
    candidate("candidate-00", {}),
    candidate("candidate-01", { labels: "none" }),
    candidate("candidate-02", { batchSize: 100, discriminatorLayers: [48, 16] }),
  ],
  budget: 7 * 20 * stepCost(options),
  rungs: 2,
};

Deno.test("a search spends equal costs, ranks its rungs, and reports budget, scores and winner", async () => {
  const root = await whole();
  const search = await readSearch(root);
  assert(search?.winner?.shortfall);
  const [first, last] = search.rungs;
  const [usual, labels, large] = first.cells.map(({ steps }) => steps);
  assertEquals([usual, labels], [20, 20]);
  assertEquals(
    large,
    Math.round(20 * stepCost(options) / stepCost(first.cells[2].experiment.options)),
  );
  assert(large < 20);
  assertEquals(last.cells.map(({ experiment }) => experiment.name), [
    first.standings![0].cell.experiment.name,
    first.standings![1].cell.experiment.name,
  ]);
  assertEquals(search.winner.cell, last.standings![0].cell);
  const text = formatSearch(search);
  assertStringIncludes(text, "Budget of the search: ");
  assertStringIncludes(text, `Winner: ${search.winner.cell.experiment.name}, idea of`);
  assertStringIncludes(text, "## Rung 2: 2 candidates");
  assertStringIncludes(text, search.winner.shortfall.missed.toFixed(2));
  assertStringIncludes(text, "Ranks after few steps can mislead");
});

Deno.test("an interrupted search ends with the same bytes", async () => {
  const root = await Deno.makeTempDir();
  const ends: string[] = [];
  for (const stopAfter of [7, 30, 61, Infinity]) {
    ends.push(await runSearch(plan, { root, work: await worker(root, stopAfter) }));
  }
  assertEquals(ends, ["stopped", "stopped", "stopped", "finished"]);
  const [wanted, found] = await Promise.all([whole(), root].map(async (root) => await root));
  const compared = /\/(losses\.csv|scores\.json|distances\.csv|sheet\.png)$|search\.json$/;
  const names = (await listFiles(wanted)).filter((name) => compared.test(name));
  assertEquals((await listFiles(found)).filter((name) => compared.test(name)), names);
  assertEquals(names.length, 1 + 5 * 4);
  for (const name of names) {
    assertEquals(
      await Deno.readFile(`${found}/${name}`),
      await Deno.readFile(`${wanted}/${name}`),
      name,
    );
  }
});

Deno.test("a rung waits for a cell that another process has claimed", async () => {
  const root = await Deno.makeTempDir();
  const [, cell] = firstRung(plan).cells;
  const folder = folderOf(root, cell);
  await Deno.mkdir(folder, { recursive: true });
  const source = folderOf(await whole(), cell);
  await Deno.copyFile(`${source}/config.json`, `${folder}/config.json`);
  const claim = await claimRun(folder);
  try {
    assertEquals(await runSearch(plan, { root, work: await worker(root) }), "elsewhere");
    const search = await readSearch(root);
    assertEquals(rungRows(search!).map((row) => [row["candidates begun"], row.best]), [
      ["3 of 3", "not known yet"],
    ]);
    assertStringIncludes(formatSearch(search!), "The search is not finished.");
  } finally {
    await claim.release();
  }
  assertEquals(await runSearch(plan, { root, work: await worker(root) }), "finished");
});

Deno.test("a folder holds one search: another plan is refused, and no search is no fault", async () => {
  const root = await whole();
  await assertRejects(
    () => runSearch({ ...plan, rungs: 3 }, { root, work: () => Promise.reject("not called") }),
    UserError,
    "Choose another folder",
  );
  assertEquals(await readSearch(`${root}/absent`), undefined);
});

let finishedRoot: Promise<string> | undefined;

/** Returns the folder of a search that has run without interruption. */
function whole(): Promise<string> {
  return finishedRoot ??= (async () => {
    const root = await Deno.makeTempDir();
    assertEquals(await runSearch(plan, { root, work: await worker(root) }), "finished");
    return root;
  })();
}

let judge: CellJudge | undefined;

/**
 * Returns a function that trains cells until all its calls together have taken `stopAfter` steps.
 */
async function worker(root: string, stopAfter = Infinity) {
  await useNative();
  const engine = await startEngine({ engine: "native" });
  const mnist = await tinyMnist();
  judge ??= await openCellJudge(mnist, {
    samples: TINY_SAMPLES,
    cache: await Deno.makeTempDir(),
  });
  const stop = new AbortController();
  let steps = 0;
  return async (cells: readonly Cell[]) => {
    for await (
      const each of runCells(cells, { root, engine, mnist, judge: judge!, signal: stop.signal })
    ) {
      if (each.kind !== "progress" || each.report.kind !== "step") continue;
      if (++steps === stopAfter) stop.abort();
    }
    return { stopped: stop.signal.aborted };
  };
}
