/**
 * The README's claims about quality: a table of the committed scores, and the sources of their
 * features.
 */
import { publishedLenet } from "../../evaluation/extractors/lenet.ts";
import type { Sentence, Table } from "./figures.ts";
import { percent, whole } from "./format_number.ts";
import { recordedScoreOf, type Records } from "./records.ts";

/** Returns the generator's and the classifier's scores, next to those of real digits. */
export function scoreTable({ generator, classifier }: Records): Table {
  const lenet = recordedScoreOf(generator, "lenet", "LeNet-FID");
  const digit = recordedScoreOf(generator, "digit", "digit-FID");
  const precision = recordedScoreOf(generator, "digit", "precision");
  const recall = recordedScoreOf(generator, "digit", "recall");
  const accuracy = recordedScoreOf(
    generator,
    "digit",
    "classification accuracy score",
  );
  const [drawn, real] = generator.evaluations[0].images.map(whole);
  const { meanTestError, test, runs } = classifier;
  return {
    rows: [
      ["how good", "sudogan", "as many real digits"],
      [
        `Fréchet distance (FID): how far ${drawn} generated digits lie from the ${real} test digits as distributions of features, here those of a published LeNet-5; lower is better; mean ± deviation of ${generator.seeds.length} trainings`,
        `${lenet.mean.toFixed(2)} ± ${lenet.deviation.toFixed(2)}`,
        lenet.floor.toFixed(3),
      ],
      [
        "the same in the features of our own classifier (digit-FID)",
        `${digit.mean.toFixed(1)} ± ${digit.deviation.toFixed(1)}`,
        digit.floor.toFixed(2),
      ],
      [
        "precision: the share of generated digits that lie among real ones",
        precision.mean.toFixed(2),
        precision.floor.toFixed(2),
      ],
      [
        "recall: the share of real digits that lie among generated ones",
        recall.mean.toFixed(2),
        recall.floor.toFixed(2),
      ],
      [
        "classification accuracy score: the share of real test digits that a classifier reads right when it was trained on generated digits alone, labelled by our classifier",
        percent(accuracy.mean, 1),
        percent(accuracy.floor, 1),
      ],
      [
        `our classifier's error on the ${whole(test.images)} test digits, mean of ` +
        `${runs.length} trainings (the one that comes with the project)`,
        `${percent(meanTestError, 2)} (${percent(test.error, 2)})`,
        "",
      ],
    ],
  };
}

/** Returns sentences on the generator that ships with the project, and on LeNet's weights. */
export function scoreSentences({ weights, generator }: Records): Sentence[] {
  const { hash } = generator.evaluations.find(({ extractor }) => extractor.name === "lenet")!
    .extractor;
  return [
    {
      template: "through the averaged generator of a {}-epoch run (seed {})",
      values: [weights.config.epochs, weights.config.seed].map(String),
    },
    {
      template:
        "at commit {*}, SHA-256 {*}; the same numbers as plain float32, which is what was measured with, have {*}.",
      values: [publishedLenet.commit, publishedLenet.hash, hash].map((each) => `\`${each}\``),
    },
  ];
}
