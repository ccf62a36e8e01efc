/**
 * `deno task bench`: times training steps and evaluations, and compares them with other
 * implementations in Deno. With --peers, also compares them with implementations in Python.
 */
import { Argument } from "commander";
import { writeAtomically } from "../system/atomic_write.ts";
import { benchChart } from "../bench/bench_chart.ts";
import { type BenchReport, formatBenchReport, measureGoals } from "../bench/bench_report.ts";
import { classifierContenders, classifierGoals } from "../bench/classifier_contenders.ts";
import { measureCompileCosts } from "../bench/compile_costs.ts";
import type { Contender, Goal } from "../bench/contender.ts";
import {
  evaluationContenders,
  evaluationGoals,
  evaluationPeers,
  evaluationTitle,
} from "../bench/evaluation_contenders.ts";
import { exampleContenders, exampleGoals } from "../bench/example_contenders.ts";
import { measureEpoch } from "../bench/epoch_cost.ts";
import { benchedOptions, ganContenders, ganGoals } from "../bench/gan_contenders.ts";
import {
  layersContenders,
  layersCosts,
  layersGoals,
  layersPeers,
  layersTitle,
} from "../bench/layers_contenders.ts";
import { peerConfigurations } from "../bench/peer_configurations.ts";
import { type Peer, type PeerConfiguration, requirements, startPeer } from "../bench/peers.ts";
import { type RoundOptions, timeInRounds } from "../bench/rounds.ts";
import { currentSitting, isInSitting, settleDown } from "../bench/sitting.ts";
import { loadMnist, type Mnist } from "../dataset/mnist.ts";
import { renderChart } from "../display/charts.ts";
import { startProgress } from "../display/progress.ts";
import type { Engine } from "../engine/engine.ts";
import { pythonEnvironment } from "../system/python.ts";
import { benchAll } from "./bench_all.ts";
import { benchPage } from "./bench_page.ts";
import { benchSudoku } from "./bench_sudoku.ts";
import { positive } from "./positive.ts";
import { reportError } from "./report_error.ts";
import { startVisibly } from "./start_visibly.ts";
import { taskCommand } from "./task_command.ts";

interface BenchCommand {
  readonly suite: SuiteName;
  readonly peers?: boolean;
  readonly costs?: boolean;
  /** Number of rounds; default: the number that the suite specifies. */
  readonly rounds?: number;
  readonly steps?: number;
  readonly out: string;
  readonly json?: boolean;
}

type SuiteName = "gan" | "classifier" | "evaluation" | "compile";

interface Suite {
  readonly title: string;
  readonly contenders: readonly Contender[];
  readonly peers: readonly PeerConfiguration[];
  readonly goals: readonly Goal[];
  /** Takes the additional measurements that the option --costs requests. */
  readonly costs: () => Promise<Readonly<Record<string, number>>>;
  readonly pace: Required<
    Pick<RoundOptions, "rounds" | "steps" | "leastMilliseconds" | "warmUp">
  >;
}

/** The numbers of rounds and steps for suites whose steps take less than a second. */
const BRISK = { rounds: 5, steps: 20, leastMilliseconds: 250, warmUp: 5 } as const;

/** The largest number of contenders that a chart can show legibly. */
const MOST_BARS = 20;

async function main(args: readonly string[]): Promise<void> {
  // The sitting must begin before anything is loaded, because loading raises the load average.
  const sitting = currentSitting();
  const command = parseArguments(args);
  const engine = await startVisibly({
    engine: "native",
    parallelism: command.suite === "gan" ? "across-operations" : "within-operations",
  });
  const mnist = await loadMnist();
  const suite = suites[command.suite](mnist, engine);
  const peers = command.peers ? await startPeers(suite, mnist, engine.threads) : [];
  const contenders = [...suite.contenders, ...peers];
  try {
    const measured = await measure(command, suite, contenders, engine, peers);
    const report = { ...measured, sitting };
    await save(command, suite, report);
    console.log(command.json ? JSON.stringify(report) : formatBenchReport(report));
  } finally {
    for (const contender of contenders) await contender.dispose();
  }
}

const suites: Readonly<
  Record<SuiteName, (mnist: Mnist, engine: Engine) => Suite>
> = {
  gan: ({ train }, engine) => {
    const options = benchedOptions;
    const contenders = ganContenders(train.images, options);
    return {
      title: "One training step of the GAN",
      contenders,
      peers: peerConfigurations("gan"),
      goals: ganGoals,
      pace: BRISK,
      async costs() {
        const costs = await measureCompileCosts();
        return {
          "compiling, ms": costs.compileMilliseconds,
          "memory beyond eager, MB": costs.extraMegabytes,
          [`growth over ${costs.longSteps} steps, MB`]: costs.grownMegabytes,
          "an epoch of a run, % beyond its steps": 100 *
            (await measureEpoch(train.images, options, engine, contenders[0]) -
              1),
        };
      },
    };
  },
  classifier: ({ train }) => ({
    title: "One training step of a convolutional classifier",
    contenders: classifierContenders(train.images, train.labels),
    peers: peerConfigurations("classifier"),
    goals: classifierGoals,
    pace: BRISK,
    costs: () => Promise.resolve({}),
  }),
  evaluation: ({ test }) => ({
    title: evaluationTitle,
    contenders: evaluationContenders(test.images),
    peers: evaluationPeers,
    goals: evaluationGoals,
    pace: { rounds: 3, steps: 1, leastMilliseconds: 0, warmUp: 1 },
    costs: () => Promise.resolve({}),
  }),
  compile: () => ({
    title: layersTitle,
    contenders: [...layersContenders(), ...exampleContenders()],
    peers: layersPeers,
    goals: [...layersGoals, ...exampleGoals],
    pace: BRISK,
    costs: () => Promise.resolve(layersCosts()),
  }),
};

async function startPeers(
  { peers }: Suite,
  { source }: Mnist,
  threads: number,
): Promise<Peer[]> {
  const python = await pythonEnvironment(requirements, {
    onReport: (message) => console.error(message),
  });
  return await Promise.all(
    peers.map((peer) => startPeer({ ...peer, python, data: source, threads })),
  );
}

async function measure(
  command: BenchCommand,
  suite: Suite,
  contenders: readonly Contender[],
  engine: Engine,
  peers: readonly Peer[],
): Promise<Omit<BenchReport, "sitting">> {
  const { rounds = suite.pace.rounds, steps = suite.pace.steps } = command;
  const bar = startProgress({
    title: suite.title,
    total: rounds * contenders.length,
    unit: "turns",
  });
  const timings = await timeInRounds(contenders, {
    rounds,
    steps,
    leastMilliseconds: command.steps === undefined ? suite.pace.leastMilliseconds : 0,
    warmUp: suite.pace.warmUp,
    onTurn: (done) => bar.update(done),
    ...(isInSitting() ? { settle: settleDown } : {}),
  }).finally(() => bar.stop());
  const versions = [engine, ...peers].map(({ versions }) => versions);
  return {
    suite: suite.title,
    date: new Date().toISOString(),
    processor: engine.processor,
    threads: engine.threads,
    versions: Object.assign({}, ...versions),
    timings,
    ratios: measureGoals(suite.goals, timings),
    measures: command.costs ? await suite.costs() : {},
  };
}

async function save(
  { suite: name, out }: BenchCommand,
  { title }: Suite,
  report: BenchReport,
): Promise<void> {
  await Deno.mkdir(out, { recursive: true });
  const json = JSON.stringify(report, null, 2) + "\n";
  await writeAtomically(`${out}/bench-${name}.json`, json);
  if (report.timings.length > MOST_BARS) return;
  const subtitle = `${report.processor}, ${report.threads} threads; medians of ` +
    `${report.timings[0].rounds.length} interleaved rounds`;
  const chart = benchChart(report.timings, { title, subtitle });
  await writeAtomically(`${out}/bench-${name}.png`, await renderChart(chart));
}

function parseArguments(args: readonly string[]): BenchCommand {
  const program = taskCommand("bench")
    .description(
      "Times the steps of several implementations in interleaved rounds, and prints medians and their ratios.",
    )
    .addArgument(
      new Argument("[suite]", "the benchmark to run").choices(Object.keys(suites))
        .default("gan"),
    )
    .addHelpText(
      "after",
      "\nAlso, with options of their own (--help): deno task bench sudoku, page, all",
    )
    .option(
      "--peers",
      "also time Python packages, each in several configurations; installs them in a virtual environment first (2 GB)",
    )
    .option(
      "--costs",
      "also measure compile time, memory and a whole epoch (two minutes)",
    )
    .option(
      "--rounds <number>",
      "turns per contender (default: set by the suite)",
      positive,
    )
    .option(
      "--steps <number>",
      "steps per turn (default: set by the suite)",
      positive,
    )
    .option("--out <folder>", "folder for the JSON file and the chart", "data/runs")
    .option("--json", "print JSON");
  program.parse([...args], { from: "user" });
  const [suite] = program.processedArgs as [SuiteName];
  return { suite, ...program.opts<Omit<BenchCommand, "suite">>() };
}

const ownOptions = new Map([["all", benchAll], ["sudoku", benchSudoku], ["page", benchPage]]);

if (import.meta.main) {
  const [suite, ...rest] = Deno.args;
  try {
    const own = ownOptions.get(suite);
    await (own ? own(rest) : main(Deno.args));
  } catch (error) {
    reportError(error);
  }
}
