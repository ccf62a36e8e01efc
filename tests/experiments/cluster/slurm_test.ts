import { assert, assertEquals } from "@std/assert";
import { readState } from "../../../lib/experiments/cells/cell_state.ts";
import { type Cell, folderOf, listCells, takeShard } from "../../../lib/experiments/cells/cells.ts";
import { gridNamed } from "../../../lib/experiments/grids.ts";
import { estimateSeconds } from "../../../lib/experiments/search/step_cost.ts";
import { decodeSafetensors } from "../../../lib/models/safetensors.ts";
import type { Summary } from "../../../lib/runs/summary.ts";
import { dirname, fromFileUrl } from "../../support/paths.ts";
import { requiring } from "../../support/skip.ts";
import { startSlurm, until, whyNoSlurm } from "../../support/slurm.ts";

const repository = dirname(fromFileUrl(import.meta.url), 4);
const script = `${repository}/lib/experiments/cluster/slurm_array.sh`;

const missing = await whyNoSlurm();

const STEPS = 100;

Deno.test(requiring(
  missing ?? true,
  "a job array trains all cells, resumes a stopped one, and loses none when its node fails",
  async () => {
    const root = await Deno.makeTempDir();
    const cells = listCells([gridNamed("table-2")], { seeds: 1, steps: STEPS });
    const stateOf = async (cell: Cell) => (await readState(root, cell)).kind;
    const slurm = await startSlurm(4);
    const submit = () =>
      slurm.submit(repository, [
        "--array=1-2",
        "--mem=1G",
        `--output=${root}/%A-%a.log`,
        script,
        ...`--grid table-2 --seeds 1 --steps ${STEPS} --samples 300 --root ${root}`.split(" "),
      ]);
    try {
      const job = await submit();
      // Slurm stops the first task with the signal that announces the time limit.
      const [stopped] = takeShard(cells, { index: 1, count: 2 }, estimateSeconds);
      await until(async () => await stateOf(stopped) === "running", "the first cell", 300);
      await slurm.signal(`${job}_1`, "TERM");
      await until(async () => await stateOf(stopped) === "stopped", "a checkpoint");
      const saved = await stepOfCheckpoint(folderOf(root, stopped));
      assert(saved > 0 && saved < STEPS, `${saved} steps`);
      await until(
        async () => (await Promise.all(cells.map(stateOf))).includes("finished"),
        "a finished cell",
        300,
      );
      // The same command again trains the cells that are missing. The node fails meanwhile.
      await submit();
      await until(async () => await stateOf(stopped) === "running", "the stopped cell", 300);
      await slurm.failNode();
      assertEquals(await stateOf(stopped), "stopped", "the failure came too late");
      const before = await Promise.all(cells.map((cell) => readSummary(folderOf(root, cell))));
      assert((await slurm.queue()).length > 0, "the tasks are queued again");
      await until(
        async () => (await Promise.all(cells.map(stateOf))).every((kind) => kind === "finished"),
        "the last cell",
        400,
      );
      await until(async () => (await slurm.queue()).length === 0, "the end of the jobs", 300);
      for (const [i, cell] of cells.entries()) {
        const folder = folderOf(root, cell);
        const summary = await readSummary(folder);
        // Cells that were finished before the failure were not made again.
        if (before[i] !== undefined) assertEquals(summary, before[i]);
        // The stopped cell was resumed from the checkpoint that was saved before the failure.
        if (cell === stopped) assertEquals(summary?.stepsOfThisSession, STEPS - saved);
        const rows = (await Deno.readTextFile(`${folder}/losses.csv`)).trim().split("\n");
        assertEquals(rows.length, 3, `${folder}: a header, the steps and the epoch`);
      }
    } finally {
      await slurm.stop();
    }
  },
));

async function stepOfCheckpoint(folder: string): Promise<number> {
  const path = `${folder}/checkpoint.safetensors`;
  const { metadata } = decodeSafetensors(await Deno.readFile(path), path);
  return JSON.parse(metadata.position).step;
}

async function readSummary(folder: string): Promise<Summary | undefined> {
  const text = await Deno.readTextFile(`${folder}/summary.json`).catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}
