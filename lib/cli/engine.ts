/**
 * `deno task engine`: says which engine computes here, why this one, and how fast it is. Where
 * native TensorFlow is missing, it is set up first.
 */
import { Option } from "commander";
import {
  type Engine,
  type EngineChoice,
  engineChoices,
  EngineError,
  type EngineName,
  startEngine,
} from "../engine/backend.ts";
import { measureProduct } from "../engine/measure.ts";
import { findLibrary } from "../native/library.ts";
import { provision } from "../engine/provision.ts";
import { reportError } from "./report_error.ts";
import { showProvision } from "./show_provision.ts";
import { taskCommand } from "./task_command.ts";

interface EngineCommandOptions {
  readonly engine: EngineChoice;
  readonly reinstall?: boolean;
  readonly json?: boolean;
}

/** The engine, and what was found out about it. */
interface EngineReport extends Engine {
  /** The files of TensorFlow's library; none where another engine computes. */
  readonly library: readonly string[];
  readonly product: {
    /** Rows and columns of the matrices that were multiplied. */
    readonly size: number;
    /** The best of three, in 10^9 floating-point operations a second. */
    readonly gigaflops: number;
  };
}

/** As large as each engine multiplies in a fraction of a second. */
const productSizes: Readonly<Record<EngineName, number>> = {
  native: 2048,
  wasm: 1024,
  cpu: 256,
};

if (import.meta.main) await main().catch(reportError);

async function main(): Promise<void> {
  const options = parseArguments(Deno.args);
  const report = await examineEngine(options);
  console.log(options.json ? JSON.stringify(report) : formatReport(report));
}

function parseArguments(args: string[]): EngineCommandOptions {
  const command = taskCommand("engine")
    .description(
      "Says which engine computes, why this one, and how fast it is. Sets native TensorFlow up where it is missing.",
    )
    .addOption(
      new Option("--engine <name>", "the engine to use; auto: the fastest")
        .choices(engineChoices).default("auto"),
    )
    .option("--reinstall", "remove native TensorFlow and set it up anew")
    .option("--json", "print one JSON object")
    .parse(args, { from: "user" });
  const options = command.opts<EngineCommandOptions>();
  if (options.reinstall && !["native", "auto"].includes(options.engine)) {
    command.error(
      `error: --reinstall is about native TensorFlow: it goes with --engine native or auto, not ${options.engine}`,
    );
  }
  return options;
}

async function examineEngine(
  { engine: choice, reinstall = false }: EngineCommandOptions,
): Promise<EngineReport> {
  const engine = await startVisibly(choice, reinstall);
  const size = productSizes[engine.name];
  return {
    ...engine,
    library: engine.name === "native" ? await findLibrary() : [],
    product: { size, gigaflops: measureProduct(size) },
  };
}

async function startVisibly(
  choice: EngineChoice,
  reinstall: boolean,
): Promise<Engine> {
  const display = showProvision();
  const interruption = new AbortController();
  const interrupt = () =>
    interruption.abort(
      new EngineError("interrupted; the same command starts it again"),
    );
  Deno.addSignalListener("SIGINT", interrupt);
  try {
    return await startEngine({
      engine: choice,
      onReport: display.onReport,
      signal: interruption.signal,
      provision: (options) => provision({ ...options, reinstall }),
    });
  } finally {
    Deno.removeSignalListener("SIGINT", interrupt);
    display.stop();
  }
}

function formatReport(report: EngineReport): string {
  const { product: { size, gigaflops } } = report;
  const versions = Object.entries(report.versions).map((entry) => entry.join(" "));
  const rows: (readonly [string, string])[] = [
    ["engine", report.name],
    ["reason", report.reason],
    ["versions", versions.join(", ")],
    ...report.library.map((path) => ["library", path] as const),
    ["threads", String(report.threads)],
    ["processor", report.processor],
    ["instructions", report.instructionSet.join(" ") || "unknown"],
    ["oneDNN", report.oneDnn ? "on" : "off"],
    [
      "speed",
      `${gigaflops.toPrecision(3)} GF/s (product of ${size}x${size} matrices)`,
    ],
  ];
  return rows.map(([name, value]) => name.padEnd(14) + value).join("\n");
}
