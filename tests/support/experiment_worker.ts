/**
 * Works on the cells of the tiny grid in its own process, as `deno task experiments run` does with
 * the large grids. The arguments are the folder of the experiments, the folder of the cache, and
 * optionally a shard. For each cell, the process prints one line of JSON.
 */
import { openCellJudge } from "../../lib/experiments/cells/cell_judge.ts";
import { nameOf, parseShard, takeShard } from "../../lib/experiments/cells/cells.ts";
import { runCells } from "../../lib/experiments/cells/run_cells.ts";
import { reportError } from "../../lib/cli/report_error.ts";
import { startEngine } from "../../lib/engine/backend.ts";
import { TINY_SAMPLES, tinyCells, tinyMnist } from "./tiny_experiments.ts";

async function work([root, cache, shard]: readonly string[]): Promise<void> {
  // The engine has the same thread settings as in the tests, so results can be compared bit for
  // bit.
  const engine = await startEngine({ engine: "native" });
  const mnist = await tinyMnist();
  const judge = await openCellJudge(mnist, { samples: TINY_SAMPLES, cache });
  const cells = shard ? takeShard(tinyCells(), parseShard(shard)) : tinyCells();
  console.log("ready");
  for await (
    const report of runCells(cells, { root, engine, mnist, judge })
  ) {
    if (report.kind === "progress" && report.report.kind !== "end") continue;
    console.log(
      JSON.stringify({ kind: report.kind, cell: nameOf(report.cell) }),
    );
  }
}

await work(Deno.args).catch(reportError);
Deno.exit();
