/**
 * Tests that the figures in the README equal the figures in their source files, and that all
 * benchmarks were measured in one sitting.
 */
import { assertArrayIncludes, assertEquals, assertStringIncludes } from "@std/assert";
import { measureGoals } from "../../../lib/bench/bench_report.ts";
import { summarize } from "../../../lib/bench/rounds.ts";
import { faultsOfSitting } from "../../../lib/bench/sitting.ts";
import { drawCandidates } from "../../../lib/experiments/search/candidates.ts";
import { publishedLenet } from "../../../lib/evaluation/extractors/lenet.ts";
import { accountOf } from "../../../lib/gate/readme/account.ts";
import { accountOfCompile } from "../../../lib/gate/readme/compile_claims.ts";
import { faultsOfText, fillIn } from "../../../lib/gate/readme/figures.ts";
import { readRecords } from "../../../lib/gate/readme/records.ts";
import { dirname, fromFileUrl } from "../../support/paths.ts";

const root = dirname(fromFileUrl(import.meta.url), 4);
const readme = await Deno.readTextFile(`${root}/README.md`);
const records = await readRecords(`${root}/data`);
const account = accountOf(records);

Deno.test("each number in the README comes from a file or a constant, or is listed as an exception with a reason", () => {
  assertEquals(faultsOfText(readme, account), []);
});

Deno.test("the README's speeds were measured in one sitting on an idle machine", () => {
  const { gan, convolutional, evaluation, sudoku } = records;
  assertEquals(
    faultsOfSitting([gan, convolutional, evaluation, sudoku]),
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
  const text = await Deno.readTextFile(`${root}/lib/compile/README.md`);
  const [contender, against] = [
    "GAN with classes, dense, accelerated",
    "GAN with classes, dense, tfjs-node",
  ];
  const timings = [
    ...[contender, against].map((name, i) => summarize(name, [[2 + 8 * i]])),
    summarize("embedding and dense, its table alone", [[.5]]),
    summarize("embedding and dense, tfjs-node", [[10]]),
  ];
  const report = {
    ...records.gan,
    timings,
    ratios: measureGoals([{ contender, against, atMost: 1 }], timings),
    measures: { "growth, MB": 3 },
  };
  const account = accountOfCompile(report);
  const filled = fillIn(text, account);
  assertEquals(faultsOfText(filled, account), []);
  assertStringIncludes(filled, "| GAN with classes, dense | 10.0 | 2.0 | 0.20 |");
  assertStringIncludes(filled, "| growth, MB | 3 |");
  assertStringIncludes(filled, "alone take 0.50 ms, which is 0.05 of");
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
