import { assertEquals, assertGreater } from "@std/assert";
import { program, runProgram } from "../support/program.ts";
import { needsNightly } from "../support/nightly.ts";
import { needsReferences } from "../support/references.ts";
import { requiring } from "../support/skip.ts";

Deno.test("the benchmark times every contender and writes data and a chart", async () => {
  const report = await bench(["gan"]);
  assertEquals(report.timings.map(({ name }) => name), [
    "sudogan",
    "sudogan, exact",
    "tfjs-node, eager",
    "matrix products alone",
  ]);
  for (const { median } of report.timings) assertGreater(median, 0);
});

Deno.test("the Sudoku benchmark times solvers, rating and generation, and writes its files", async () => {
  const list = new URL("../golden/sudoku/se_rated.txt", import.meta.url);
  const { races, figures } = await run("sudoku", [
    ...["--lists", list.pathname, "--rated", list.pathname],
    ...["--rounds", "1", "--puzzles", "5", "--made", "1"],
  ]);
  assertEquals(
    races.map(({ list, puzzles, timings }) => [
      list,
      puzzles,
      ...timings.map(({ name }) => name),
    ]),
    [["se_rated", 5, "sudogan", "@algorithm.ts/sudoku"]],
  );
  for (const { value } of figures) assertGreater(value, 0);
});

Deno.test(requiring(
  needsReferences,
  "the benchmark times Python's frameworks on the same training steps",
  // The test of the README's commands times them on the GAN's steps.
  () => runBesidePeers("classifier", ["tf.function", "JAX"]),
));

Deno.test(requiring(
  // pytorch-fid takes 13 s for one Fréchet distance.
  [needsReferences, needsNightly],
  "the benchmark times pytorch-fid, which computes the same distance",
  () => runBesidePeers("evaluation", ["pytorch-fid", "pytorch-fid"]),
));

async function runBesidePeers(suite: string, lastTwo: string[]): Promise<void> {
  const report = await bench([suite, "--peers"]);
  assertEquals(
    report.timings.map(({ name }) => name.split(/[ ,]/)[0]).slice(-2),
    lastTwo,
  );
  for (const { median } of report.timings) assertGreater(median, 0);
}

interface Report {
  readonly timings: readonly {
    readonly name: string;
    readonly median: number;
  }[];
}

interface SudokuReport {
  readonly races: readonly (Report & {
    readonly list: string;
    readonly puzzles: number;
  })[];
  readonly figures: readonly { readonly value: number }[];
}

async function bench(
  [suite, ...options]: readonly string[],
): Promise<Report> {
  return await run(suite, [...options, "--rounds", "1", "--steps", "1"]);
}

/** Returns the printed data, after comparing it with the saved data. */
async function run(
  suite: string,
  options: readonly string[],
): Promise<Report & SudokuReport> {
  const folder = await Deno.makeTempDir();
  try {
    const { code, stdout, stderr } = await runProgram(program("bench"), [
      suite,
      ...options,
      ...["--json", "--out", folder],
    ]);
    assertEquals(code, 0, stderr);
    const saved = JSON.parse(
      await Deno.readTextFile(`${folder}/bench-${suite}.json`),
    );
    assertEquals(saved, JSON.parse(stdout));
    assertGreater((await Deno.stat(`${folder}/bench-${suite}.png`)).size, 1000);
    return saved;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
