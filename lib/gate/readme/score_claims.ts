/** Derives the README's claims about the quality of the generator and the classifier. */
import { stepsPerEpoch, totalEpochs } from "../../training/run_length.ts";
import {
  ACCURACY_CLASSIFIERS,
  ACCURACY_EPOCHS,
  ACCURACY_SCORE,
  FIRST_ACCURACY_EPOCHS,
  FIRST_ACCURACY_SCORE,
} from "../../evaluation/judge/accuracy_score_name.ts";
import {
  ACCURACY_GOAL,
  EXPECTED_REAL_ACCURACY,
} from "../../experiments/findings/published_model.ts";
import { publishedLenet } from "../../evaluation/extractors/lenet.ts";
import type { Sentence, Table } from "./figures.ts";
import { percent, whole } from "../../display/format_number.ts";
import { recordedScoreOf, type Records } from "./records.ts";

/**
 * Returns the table of scores. The table compares generated digits with the same number of real
 * digits, and ends with the error of the classifier.
 */
export function scoreTable({ generator, classifier }: Records): Table {
  const lenet = recordedScoreOf(generator, "lenet", "LeNet-FID");
  const digit = recordedScoreOf(generator, "digit", "digit-FID");
  const precision = recordedScoreOf(generator, "digit", "precision");
  const recall = recordedScoreOf(generator, "digit", "recall");
  const lenetRecall = recordedScoreOf(generator, "lenet", "recall");
  const classes = recordedScoreOf(generator, "digit", "classes, distance from uniform");
  const accuracy = recordedScoreOf(generator, "digit", ACCURACY_SCORE);
  return {
    rows: [
      ["metric", "sudogan", "the same number of real digits"],
      [
        "LeNet-FID: distance from the test digits",
        `${lenet.mean.toFixed(2)} ± ${lenet.deviation.toFixed(2)}`,
        lenet.floor.toFixed(3),
      ],
      [
        "digit-FID: the same distance, as our classifier sees it",
        `${digit.mean.toFixed(1)} ± ${digit.deviation.toFixed(1)}`,
        digit.floor.toFixed(2),
      ],
      [
        "precision in digit features: share of generated digits that lie among real ones",
        precision.mean.toFixed(2),
        precision.floor.toFixed(2),
      ],
      [
        "recall in digit features: share of real digits that lie among generated ones",
        recall.mean.toFixed(2),
        recall.floor.toFixed(2),
      ],
      [
        "recall in LeNet features",
        lenetRecall.mean.toFixed(2),
        lenetRecall.floor.toFixed(2),
      ],
      [
        "class imbalance: distance of the shares of the ten digits from equal shares",
        classes.mean.toFixed(3),
        classes.floor.toFixed(3),
      ],
      [
        "accuracy score: share of real digits that classifiers trained on generated ones recognize",
        percent(accuracy.mean, 2),
        percent(accuracy.floor, 2),
      ],
      ["error of our own classifier", percent(classifier.meanTestError, 2), ""],
    ],
  };
}

/** Returns the sentences about the committed generator, and about how the scores were computed. */
export function scoreSentences({ weights, generator, classifier }: Records): Sentence[] {
  const { hash } = generator.evaluations.find(({ extractor }) => extractor.name === "lenet")!
    .extractor;
  const { test, runs } = classifier;
  const first = recordedScoreOf(generator, "digit", FIRST_ACCURACY_SCORE);
  const accuracy = recordedScoreOf(generator, "digit", ACCURACY_SCORE);
  const { config } = weights;
  const epochs = totalEpochs(config, stepsPerEpoch(trainingImages, config));
  return [
    {
      template: "a training run of {} epochs (seed {})",
      values: [epochs, config.seed].map(String),
    },
    {
      template:
        "{} generated digits are compared with the {} test digits. The table shows means of {} training runs",
      values: [...generator.evaluations[0].images, generator.seeds.length].map(whole),
    },
    {
      template:
        "it is the mean over {} classifiers with random weights and batches of their own, each trained for {} epochs",
      values: [whole(ACCURACY_CLASSIFIERS), whole(ACCURACY_EPOCHS)],
    },
    {
      template:
        "with {} epochs, the generated digits score {} % and real digits {} %, so that they miss their goal of {} % by {} points",
      values: [
        whole(FIRST_ACCURACY_EPOCHS),
        ...[first.mean, first.floor, ACCURACY_GOAL, ACCURACY_GOAL - first.mean]
          .map((share) => (100 * share).toFixed(2)),
      ],
    },
    {
      template: "The goal was set beside a score of {} % for real digits",
      values: [(100 * EXPECTED_REAL_ACCURACY).toFixed(1)],
    },
    {
      template:
        "generated digits are {} and {} points below real ones, and the goal would allow {} points",
      values: [
        ...[first, accuracy].map(({ floor, mean }) => floor - mean),
        EXPECTED_REAL_ACCURACY - ACCURACY_GOAL,
      ].map((gap) => (100 * gap).toFixed(2)),
    },
    {
      template:
        "mean of {} training runs, measured on the {} test digits. The error of the committed classifier is {} %",
      values: [whole(runs.length), whole(test.images), (100 * test.error).toFixed(2)],
    },
    {
      template:
        "at commit {*}, SHA-256 {*}. We used the same weights, stored as plain float32, SHA-256 {*}.",
      values: [publishedLenet.commit, publishedLenet.hash, hash].map((each) => `\`${each}\``),
    },
  ];
}

/** The number of MNIST's training images. */
const trainingImages = { count: 60_000 };
