/**
 * Tests that the figures in the README equal the figures in their source files, and that all
 * benchmarks were measured in one sitting.
 */
import { assertArrayIncludes, assertEquals, assertStringIncludes } from "@std/assert";
import { type BenchReport, measureGoals } from "../../../lib/bench/bench_report.ts";
import { summarize } from "../../../lib/bench/rounds.ts";
import { faultsOfSitting } from "../../../lib/bench/sitting.ts";
import { drawCandidates } from "../../../lib/experiments/search/candidates.ts";
import { publishedLenet } from "../../../lib/evaluation/extractors/lenet.ts";
import { accountOf } from "../../../lib/gate/readme/account.ts";
import { accountOfCompile } from "../../../lib/gate/readme/compile_claims.ts";
import { faultsOfText, fillIn } from "../../../lib/gate/readme/figures.ts";
import { readRecords, type Records } from "../../../lib/gate/readme/records.ts";
import { dirname, fromFileUrl } from "../../support/paths.ts";

const root = dirname(fromFileUrl(import.meta.url), 4);
const readme = await Deno.readTextFile(`${root}/README.md`);
const records = await readRecords(`${root}/data`);
const account = accountOf(records);

Deno.test("each number in the README comes from a file or a constant, or is listed as an exception with a reason", () => {
  assertEquals(faultsOfText(readme, account), []);
});

Deno.test("the README's speeds were measured in one sitting on an idle machine", () => {
  const { gan, convolutional, evaluation, sudoku, page } = records;
  assertEquals(
    faultsOfSitting([gan, convolutional, evaluation, sudoku, page]),
    [],
    "deno task bench all, then deno task figures",
  );
});

Deno.test("each number in compile's README comes from an idle machine's sitting, or is excepted", async () => {
  const { compile } = records;
  const text = await Deno.readTextFile(`${root}/lib/compile/README.md`);
  assertEquals(faultsOfText(text, accountOfCompile(compile)), []);
  if (compile) assertEquals(faultsOfSitting([compile]), []);
});

Deno.test("compile's tables are written from a report", async () => {
  const names = ["GAN with classes, dense, accelerated", "GAN with classes, dense, tfjs-node"];
  const goals = [{ contender: names[0], against: names[1], atMost: 1 }];
  const timings = [
    ...names,
    "embedding and dense, its table alone",
    "embedding and dense, tfjs-node",
  ]
    .map((name, i) => summarize(name, [[[2, 10, .51, 10][i]]]));
  const measures = {
    "GAN with classes, dense, first compiled call, ms": 1204,
    "embedding and dense, first compiled call, ms": 30,
    "growth, MB": 3,
  };
  const filled = await fillCompile({ timings, ratios: measureGoals(goals, timings), measures });
  for (
    const words of [
      "| GAN with classes, dense | 10.0 | 2.0 | 0.20 |",
      "| GAN with classes, dense, first compiled call, ms | 1204 | 1000 |",
      "| growth, MB | 3 | |",
      "as long as 3 to 120 steps of the same model",
      "Missed goals: GAN with classes, dense, first compiled call, ms (1204 for a goal of 1000). All",
      "alone take 0.51 ms with default threads, which is 0.051 of plain tfjs's time for the whole " +
      "model, so its goal of 0.05 cannot be reached",
    ]
  ) assertStringIncludes(filled, words);
});

Deno.test("compile's README does not call a goal impossible that a report leaves possible", async () => {
  const timings = [["its table alone", .4], ["tfjs-node", 10]].map(([name, milliseconds]) =>
    summarize(`embedding and dense, ${name}`, [[Number(milliseconds)]])
  );
  const measures = { "embedding and dense, first compiled call, ms": 30 };
  const filled = await fillCompile({ timings, ratios: [], measures });
  assertStringIncludes(filled, "so its goal of 0.05 leaves 0.010 for all the rest.");
  assertStringIncludes(filled, "Missed goals: none. All other goals are met.");
});

/** Returns the text of compile's README with the figures of a report, on one line. */
async function fillCompile(
  parts: Pick<BenchReport, "timings" | "ratios" | "measures">,
): Promise<string> {
  const text = await Deno.readTextFile(`${root}/lib/compile/README.md`);
  const account = accountOfCompile({ ...records.gan, ...parts });
  const filled = fillIn(text, account);
  assertEquals(faultsOfText(filled, account), []);
  return filled.replaceAll(/\s+/g, " ");
}

Deno.test("every missed goal of the README's benchmarks is named, and no other", () => {
  const { gan, convolutional, evaluation } = records;
  const setAll = <R extends BenchReport>(report: R, ratio: number): R => ({
    ...report,
    ratios: report.ratios.map((each) => ({ ...each, ratio: ratio * each.atMost })),
  });
  const reports = (ratio: number) => ({
    ...records,
    gan: setAll(gan, ratio),
    convolutional: setAll(convolutional, ratio),
    evaluation: setAll(evaluation, ratio),
  });
  const missedIn = (changed: Records) =>
    accountOf(changed).sentences.find(({ template }) => template.startsWith("Missed"))!.values[0];
  assertEquals(missedIn(reports(1)), "none");
  const all = [gan, convolutional, evaluation].flatMap(({ ratios }) => ratios);
  const missed = missedIn(reports(1.1));
  for (const { best } of all) assertStringIncludes(missed, `against “${best}”`);
  assertEquals(missed.split("for a goal of").length - 1, all.length);
});

Deno.test("a number without a source is found in running text and in tables", () => {
  const changes: [from: string, to: string, found: string][] = [
    ["prints the Fréchet", "prints the 17 Fréchet", "17 is not accounted for"],
    ["0.16 ± 0.02", "0.15 ± 0.02", "0.15 ± 0.02"],
    ["settle at 0.688", "settle at 0.69", "the text has 0.69, 0.598"],
    ["to 4.0 (locked", "to 4.1 (locked", "the text has 1.5, 2.5, 4.1"],
    ["(252 MB)", "(253 MB)", '"(252 MB)" is settled and not in the text'],
  ];
  for (const [from, to, found] of changes) {
    assertStringIncludes(readme, from);
    const faults = faultsOfText(readme.replace(from, to), account);
    assertStringIncludes(faults.join("\n"), found);
  }
});

Deno.test("outdated figures are replaced by current ones", () => {
  const old = readme.replace("0.30 ± 0.06", "0.20 ± 0.01")
    .replace("settle at 0.688", "settle at 0.7");
  assertEquals(faultsOfText(fillIn(old, account), account), []);
});

Deno.test("the search and the recipe of the generator are written from their files", () => {
  const { experiments, weights } = records;
  const plan = { candidates: drawCandidates(4), budget: 1234, rungs: 2 };
  const published = {
    ...experiments.published,
    changes: { dropout: 0.9, discriminatorLayers: [8, 4] },
    length: "40000 steps",
  };
  const changed = accountOf({
    ...records,
    experiments: { ...experiments, search: { plan, rungs: [], winner: undefined }, published },
    weights: { config: { ...weights.config, steps: 40_000, batchSize: 256 } },
  });
  const text = fillIn(readme, changed).replaceAll(/\s+/g, " ");
  for (
    const words of [
      "had 4 candidates, 2 rungs and a budget of 1,234 steps of the base's cost, and is not finished.",
      "was trained for 40000 steps, with these differences from the base recipe: dropout 0.9, " +
      "discriminatorLayers 8-4.",
      "a training run of 171 epochs",
    ]
  ) assertStringIncludes(text, words);
});

Deno.test("without lists of puzzles only the measured figures are written", () => {
  const { sudoku } = records;
  const [{ timings }] = sudoku.races;
  const without = {
    ...records,
    sudoku: {
      ...sudoku,
      races: [{ list: "made here, medium", puzzles: 200, timings }],
      figures: sudoku.figures.filter(({ name }) => !name.startsWith("%")),
    },
  };
  const cells = accountOf(without).tables.flatMap(({ rows }) => rows.flat());
  assertEquals(cells.filter((cell) => /NaN|undefined/.test(cell)), []);
  assertArrayIncludes(cells, ["200 made here, medium"]);
});

Deno.test("the scores were computed with the LeNet weights that the README names", () => {
  const { hash } =
    records.generator.evaluations.find(({ extractor }) => extractor.name === "lenet")!.extractor;
  assertEquals(hash, publishedLenet.hashOfNumbers);
  for (const part of ["source", "file", "commit", "hash"] as const) {
    assertStringIncludes(readme, publishedLenet[part]);
  }
});
