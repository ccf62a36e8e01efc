/** Derives the README's claims about speed from the reports in data/benchmarks. */
import { type BenchReport, bestOf } from "../../bench/bench_report.ts";
import { classifierNames } from "../../bench/classifier_contenders.ts";
import { evaluationNames } from "../../bench/evaluation_contenders.ts";
import { ganNames } from "../../bench/gan_contenders.ts";
import { describeMisses } from "../../bench/missed_goals.ts";
import { peerNames } from "../../bench/peer_configurations.ts";
import { stepSeconds } from "../../engine/step_seconds.ts";
import type { Sentence, Table } from "./figures.ts";
import { shortVersion, whole } from "../../display/format_number.ts";
import type { Records } from "./records.ts";

/** The usual difference between two rounds of a benchmark, in percent. */
const NOISE = 10;

/**
 * Returns the table of milliseconds per training step, for this project and for the fastest
 * configuration of each peer.
 */
export function speedTable({ gan, convolutional }: Records): Table {
  const peers = Object.values(peerNames);
  const cells = ({ timings }: BenchReport, names: readonly string[]) =>
    names.map((name) => bestOf(timings, name)?.median.toFixed(0) ?? "");
  const step = "batch size 128";
  return {
    rows: [
      [
        "median milliseconds per training step",
        "sudogan",
        "tfjs-node alone",
        ...peers,
      ],
      [
        `GAN, ${step}, including preparing batches, drawing random numbers and averaging weights`,
        ...cells(gan, [ganNames.compiled, ganNames.eager, ...peers]),
      ],
      [
        `convolutional classifier, ${step}`,
        ...cells(convolutional, [
          classifierNames.compiled,
          classifierNames.eager,
          ...peers,
        ]),
      ],
    ],
  };
}

/**
 * Returns the table of ratios. In each row, this project's time per step is divided by the time of
 * a peer or of another contender.
 */
export function ratioTable({ gan, convolutional }: Records): Table {
  const rows = ({ ratios }: BenchReport, step: string) =>
    ratios.map(({ best, ratio, atMost, smallest, largest }) => [
      step,
      best,
      ratio.toFixed(2),
      String(atMost),
      `${smallest.toFixed(2)} to ${largest.toFixed(2)}`,
    ]);
  return {
    rows: [
      [
        "training step",
        "sudogan's time divided by that of",
        "median",
        "goal: at most",
        "range over rounds",
      ],
      ...rows(gan, "GAN"),
      ...rows(convolutional, "classifier"),
    ],
  };
}

/** Returns the table with the median and the best time of every configuration. */
export function configurationTable({ gan, convolutional }: Records): Table {
  const cell = ({ timings }: BenchReport, name: string) => {
    const timing = timings.find((each) => each.name === name);
    return timing ? `${timing.median.toFixed(1)} (${timing.best.toFixed(1)})` : "";
  };
  return {
    rows: [
      [
        "milliseconds per step: median (best)",
        "GAN",
        "classifier",
      ],
      ...gan.timings.map((
        { name },
      ) => [name, cell(gan, name), cell(convolutional, name)]),
    ],
  };
}

/**
 * Returns the sentences about the machine, the versions of the libraries, the costs of compiling
 * and the speed of the evaluation.
 */
export function speedSentences(records: Records): Sentence[] {
  const { gan, evaluation } = records;
  const { versions } = gan;
  const version = (name: string) => shortVersion(versions[name]);
  const seconds = (name: string) => (bestOf(evaluation.timings, name)!.median / 1000).toFixed(1);
  const [frechet, inception] = evaluation.ratios;
  const [compiled, eager] = [ganNames.compiled, ganNames.eager]
    .map((name) => bestOf(gan.timings, name)!.median);
  return [
    {
      template: "on {} cores of an {*} with nothing else running. They are medians",
      values: [String(gan.threads), gan.processor],
    },
    {
      template:
        "tfjs-node {} on TensorFlow {}, PyTorch {}, Keras {} and tf.function on TensorFlow {}, JAX {}",
      values: [
        version("tfjs-node"),
        String(versions.tensorflow),
        version("torch"),
        version("keras"),
        String(versions.tensorflow),
        version("jax"),
      ],
    },
    {
      template: "about {} times slower ({} s per step against {} s)",
      values: [
        (stepSeconds.wasm / stepSeconds.native).toFixed(0),
        String(stepSeconds.wasm),
        (compiled / 1000).toFixed(2),
      ],
    },
    {
      template: "the step takes {} % of the time ({} ms instead of {})",
      values: [100 * compiled / eager, compiled, eager].map((value) => value.toFixed(0)),
    },
    ...goalSentences(records),
    ...costSentences(gan),
    {
      template:
        "The Fréchet distance in 2048 dimensions takes {} % of pytorch-fid's time ({} s against {}, with a goal of {} %), and Inception features of 16 digits take {} % of PyTorch's (goal: {} %).",
      values: [
        (100 * frechet.ratio).toFixed(0),
        seconds(evaluationNames.frechet),
        seconds(evaluationNames.frechetPeer),
        (100 * frechet.atMost).toFixed(0),
        (100 * inception.ratio).toFixed(0),
        (100 * inception.atMost).toFixed(0),
      ],
    },
    { template: "All of this was measured on {*};", values: [gan.date.slice(0, 10)] },
  ];
}

/**
 * Returns the sentence about the costs of compiling. If the costs were not measured, then no
 * sentence is returned, and the README's numbers about costs fail the check.
 */
function costSentences({ measures }: BenchReport): Sentence[] {
  const growth = Object.keys(measures).find((name) => name.startsWith("growth"));
  if (growth === undefined) return [];
  const [steps] = /\d+/.exec(growth)!;
  const beyond = measures["an epoch of a run, % beyond its steps"];
  const noise = Math.abs(beyond) < NOISE
    ? ", so the extra work is lost in the noise of the machine"
    : "";
  return [{
    template:
      `Compiling the GAN's step takes {} s and needs {} MB more memory than eager steps. Over {} steps of a small network, memory use grows by {} MB. A whole epoch of a run, including its sheets and checkpoints, took {} times as long as the same steps timed alone${noise}.`,
    values: [
      (measures["compiling, ms"] / 1000).toFixed(1),
      measures["memory beyond eager, MB"].toFixed(0),
      whole(Number(steps)),
      measures[growth].toFixed(1),
      (1 + beyond / 100).toFixed(2),
    ],
  }];
}

/** Returns the sentence that names every missed goal, and the reason for the goal out of reach. */
function goalSentences({ gan, convolutional, evaluation }: Records): Sentence[] {
  const misses = [
    ...describeMisses(gan, ({ best }) => `the GAN against “${best}”`),
    ...describeMisses(convolutional, ({ best }) => `the classifier against “${best}”`),
    ...describeMisses(evaluation, ({ contender, best }) => `“${contender}” against “${best}”`),
  ];
  const missed = {
    template: "Missed goals: {*}. All other goals are met.",
    values: [misses.join(", ") || "none"],
  };
  const products = gan.ratios.find(({ against }) => against === ganNames.products);
  // If the goal is met one day, then the README must not call it impossible.
  if (!products || products.ratio <= products.atMost) return [missed];
  const { whole, products: ofProducts, adam, random, average, normalization } = kernelMilliseconds;
  return [missed, {
    template:
      "The goal for the matrix products cannot be met with TensorFlow's kernels: those of a step need about {} ms on {} cores that never wait, because besides the products ({} ms) they run Adam ({} ms), draw random numbers ({} ms), move the average of the weights ({} ms) and normalize batches ({} ms).",
    values: [whole, gan.threads, ofProducts, adam, random, average, normalization].map(String),
  }];
}

/**
 * Milliseconds that TensorFlow's kernels need for a step of the GAN on the two cores of the
 * benchmarks' machine. They were measured once, with TensorFlow's step statistics, and do not add
 * up to the whole because the smallest parts are left out.
 */
const kernelMilliseconds = {
  whole: 18,
  products: 12.5,
  adam: 2.5,
  random: 1.05,
  average: 0.75,
  normalization: 0.5,
} as const;
