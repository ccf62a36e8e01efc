import { assert, assertEquals } from "@std/assert";
import { listCells } from "../../../lib/experiments/cells/cells.ts";
import { gridNamed } from "../../../lib/experiments/grids.ts";
import { estimateSeconds, estimateTimes } from "../../../lib/experiments/search/step_cost.ts";

/** The rows of the report's two tables and of the grid about smoothing, as they are computed. */
const cells = listCells(["table-1", "table-2", "smoothing"].map(gridNamed), {
  ...{ seeds: 1, steps: 10_000 },
});

Deno.test("judging takes at most a tenth of the training time in every row of the report's grids", () => {
  assertEquals(cells.length, 18);
  for (const cell of cells) {
    const { training, judging } = estimateTimes(cell);
    const share = judging / training;
    assert(share <= .1, `${cell.experiment.name}: ${judging} s of ${training} s`);
  }
});

Deno.test("a longer training has more points, but judging takes a smaller share of its time", () => {
  for (const cell of cells) {
    const [short, long] = [cell, { ...cell, steps: 2 * cell.steps }].map(estimateTimes);
    assertEquals(long.training, 2 * short.training);
    assert(long.judging > short.judging && long.judging < 2 * short.judging);
    assertEquals(estimateSeconds(cell), short.training + short.judging);
  }
});
