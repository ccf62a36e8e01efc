/** Runs the notebooks with nbclient, Jupyter's tool for running notebooks without a browser. */
import { assertEquals, assertGreater } from "@std/assert";
import { installKernel } from "../../../lib/notebooks/runner/kernelspec.ts";
import { pythonEnvironment } from "../../../lib/system/python.ts";
import { fromFileUrl } from "../../support/paths.ts";
import { needsReferences } from "../../support/references.ts";
import { requiring } from "../../support/skip.ts";

interface Result {
  readonly outputs: number;
  readonly problem: string;
}

Deno.test(requiring(
  needsReferences,
  "nbclient runs each notebook in fast mode",
  async () => {
    const here = (path: string) => fromFileUrl(new URL(path, import.meta.url).href);
    const folder = here("../../../notebooks/");
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name)
      .filter((name) => /^\d.*\.ipynb$/.test(name)).sort();
    const python = await pythonEnvironment(here("requirements.txt"));
    const data = await Deno.makeTempDir({ prefix: "sudogan_jupyter_" });
    try {
      await installKernel(data);
      const { success, stdout } = await new Deno.Command(python, {
        args: [here("run_with_nbclient.py"), ...names],
        cwd: folder,
        env: { JUPYTER_PATH: data, NOTEBOOK_MODE: "fast", NOTEBOOK_RUNS: data },
        stdin: "null",
        stderr: "inherit",
      }).output();
      assertEquals(success, true);
      const last = new TextDecoder().decode(stdout).trim().split("\n").at(-1)!;
      const results: Record<string, Result> = JSON.parse(last);
      assertEquals(Object.keys(results), names);
      for (const [name, { problem, outputs }] of Object.entries(results)) {
        assertEquals(problem, "", name);
        assertGreater(outputs, 0, name);
      }
    } finally {
      await Deno.remove(data, { recursive: true });
    }
  },
));
