/**
 * `deno task engine`: shows this machine's engine and its speed. Installs the engine if necessary.
 * In the packed form of this project, the same command is `@sudogan/sudogan/engine/set-up`.
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
import { setUpCommand } from "../engine/set_up_command.ts";
import { reportError } from "./report_error.ts";
import { showProvision } from "./show_provision.ts";
import { taskCommand } from "./task_command.ts";

interface EngineCommandOptions {
  readonly engine: EngineChoice;
  readonly reinstall?: boolean;
  readonly json?: boolean;
}

interface EngineReport extends Engine {
  /** Paths of the files of the TensorFlow library; empty for other engines. */
  readonly library: readonly string[];
  readonly product: {
    readonly size: number;
    /** Speed of the best of three runs, in 10^9 floating-point operations per second. */
    readonly gigaflops: number;
  };
}

/**
 * The number of rows of the square matrices whose product is timed. The product takes a fraction of
 * a second.
 */
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
    .name(setUpCommand)
    .showHelpAfterError(`See ${setUpCommand} --help`)
    .description(
      "Shows which engine is used, the reason, and its speed. Installs native TensorFlow if it is missing.",
    )
    .addOption(
      new Option("--engine <name>", "the engine to use; auto: the fastest")
        .choices(engineChoices).default("auto"),
    )
    .option("--reinstall", "remove native TensorFlow and install it again")
    .option("--json", "print one JSON object")
    .parse(args, { from: "user" });
  const options = command.opts<EngineCommandOptions>();
  if (options.reinstall && !["native", "auto"].includes(options.engine)) {
    command.error(
      `error: --reinstall needs --engine native or auto, since it reinstalls native TensorFlow; found ${options.engine}`,
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
      new EngineError("interrupted; run the same command to start again"),
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
