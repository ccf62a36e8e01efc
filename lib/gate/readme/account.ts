/** States where every number in the README comes from. */
import { experimentSentences, experimentTables } from "./experiment_claims.ts";
import type { Account, Settled } from "./figures.ts";
import { optionSentences } from "./option_claims.ts";
import { pageSentences, pageTable } from "./page_claims.ts";
import type { Records } from "./records.ts";
import { scoreSentences, scoreTable } from "./score_claims.ts";
import { configurationTable, ratioTable, speedSentences, speedTable } from "./speed_claims.ts";
import { raceTable, resultTable, sudokuSentences } from "./sudoku_claims.ts";

/**
 * Phrases whose numbers are not compared with a file. Each phrase comes with a note that explains
 * its numbers, for example by saying where they come from.
 */
const settled: readonly Settled[] = [
  ...because("sheet.png shows them", "64 generated digits", "64 unselected digits"),
  ...because(
    "training.webp shows them",
    "noise at epoch 0, blots at epoch 1, strokes at epoch 3, rough digits at epoch 30, and clear digits from 0 to 9 at epoch 152",
  ),
  ...because(
    "what the project needs, see deno.json",
    "Node 20",
    "2.9 or later",
  ),
  ...because(
    "sizes of downloads, which their hosts say",
    "(252 MB)",
    "2 GB",
  ),
  ...because(
    "the notebooks' numbers",
    "0 · ",
    "1 · ",
    "2 · ",
    "3 · ",
    "4 · ",
    "5 · ",
    "6 · ",
    "of notebook 0",
    "after notebook 1",
    "after notebook 2",
    "after notebook 4",
    "Notebook 5",
  ),
  ...because("names of distributions and ranges", "N(0, 1)", "[−1, 1]"),
  ...because("names of things", "LeNet-5", "SHA-256"),
  ...because("the discriminator's one output", "dense 1 with sigmoid"),
  ...because(
    "measured by hand on the machine of the benchmarks, since a reader's differs anyway",
    "(0.3 s per step against",
    "takes 15 s, and 30 s the first time",
    "For 10,000 digits of the committed generator, this changes digit-FID from 10.603 to 10.601 and recall from 0.7741 to 0.7738",
    "solves a million puzzles with 17 clues in 12 s",
    "peaks at 163 MiB for the million and at 166 MiB for a tenth of them",
  ),
  ...because("counted outside this repository", "from about 380 training runs"),
  ...because(
    "tolerances of tests/references",
    "to 1e-6",
    "to 1e-4",
  ),
  ...because("counted once, a round number", "step's 2,000 operations"),
  ...because(
    "IMAGES and DIMENSION of lib/bench/evaluation_contenders.ts",
    "in 2048 dimensions",
    "of 16 digits",
  ),
  ...because(
    "isNightly in tests/sudoku",
    "10,000 generated puzzles per level instead of 300",
    "5,000 puzzles instead of about 200",
  ),
  ...because(
    "data/experiments/10000-steps/base/seed-1/config.json",
    "committed run of 10,000 steps",
  ),
  ...because("LEVEL of findWildRows", "at the 1 % level"),
  ...because("the default of dunnettCriticalValue", "95 % confidence intervals"),
  ...because("a licence's version", "CC BY-SA 3.0"),
];

/**
 * Returns the sentences and tables of the README with their current values, and the phrases whose
 * numbers are not compared with a file.
 */
export function accountOf(records: Records): Account {
  return {
    sentences: [
      ...scoreSentences(records),
      ...optionSentences(),
      ...speedSentences(records),
      ...sudokuSentences(records),
      ...experimentSentences(records),
      ...pageSentences(records),
    ],
    tables: [
      scoreTable(records),
      speedTable(records),
      raceTable(records),
      resultTable(records),
      pageTable(records),
      ratioTable(records),
      configurationTable(records),
      ...experimentTables(records),
    ],
    settled,
  };
}

function because(reason: string, ...phrases: readonly string[]): Settled[] {
  return phrases.map((phrase) => ({ phrase, reason }));
}
