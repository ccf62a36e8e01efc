import { assertEquals } from "@std/assert";
import { folderOf, listCells } from "../../../lib/experiments/cells/cells.ts";
import { gridNamed } from "../../../lib/experiments/grids.ts";
import { readStatus } from "../../../lib/experiments/cells/status.ts";
import { dirname, fromFileUrl } from "../../support/paths.ts";
import { requiring } from "../../support/skip.ts";
import { startSlurm, until, whyNoSlurm } from "../../support/slurm.ts";

const repository = dirname(fromFileUrl(import.meta.url), 4);
const script = `${repository}/lib/experiments/cluster/slurm_array.sh`;

const missing = await whyNoSlurm();

Deno.test(requiring(
  missing ?? true,
  "a job array trains all cells, and loses none when its node fails",
  async () => {
    const root = await Deno.makeTempDir();
    const options = { seeds: 1, steps: 30 };
    const cells = listCells([gridNamed("table-2")], options);
    const slurm = await startSlurm(4);
    try {
      await slurm.submit(repository, [
        "--array=1-2",
        "--mem=1G",
        `--output=${root}/%a.log`,
        script,
        ..."--grid table-2 --seeds 1 --steps 30 --samples 300".split(" "),
        "--root",
        root,
      ]);
      const count = async (kind: string) =>
        (await readStatus(root, cells)).cells.filter(({ state }) => state.kind === kind).length;
      await until(
        async () => await count("finished") > 0 && await count("running") > 0,
        "a first finished cell",
        300,
      );
      const before = await Promise.all(
        cells.map((cell) =>
          Deno.readTextFile(`${folderOf(root, cell)}/summary.json`).catch(() => undefined)
        ),
      );
      await slurm.failNode();
      assertEquals(
        (await slurm.queue()).length > 0,
        true,
        "the tasks are queued again",
      );
      await until(
        async () => await count("finished") === cells.length,
        "the last cell",
        400,
      );
      await until(
        async () => (await slurm.queue()).length === 0,
        "the end of the job",
      );
      for (const [i, cell] of cells.entries()) {
        const folder = folderOf(root, cell);
        const summary = await Deno.readTextFile(`${folder}/summary.json`);
        // Cells that were finished before the failure were not made again.
        if (before[i] !== undefined) assertEquals(summary, before[i]);
        const rows = (await Deno.readTextFile(`${folder}/losses.csv`)).trim()
          .split("\n");
        assertEquals(
          rows.length,
          3,
          `${folder}: a header, the steps and the epoch`,
        );
      }
    } finally {
      await slurm.stop();
    }
  },
));
