/**
 * Starts the engine that the user chose. If the user did not choose an engine, starts the fastest
 * engine that works.
 */
import * as tf from "@tensorflow/tfjs";
import { cpuBackend, startCpu } from "./cpu.ts";
import {
  describeEngine,
  type Engine,
  type EngineChoice,
  engineChoices,
  EngineError,
  type EngineName,
} from "./engine.ts";
import { nativeBackendName, nativeVersions, startNative } from "./native.ts";
import { provision } from "./provision.ts";
import { setUpCommand } from "./set_up_command.ts";
import type { NotProvisioned, OnReport, Provisioned } from "../system/provision_report.ts";
import type { Parallelism } from "../native/threads.ts";
import { startWasm, wasmBackend, wasmVersions } from "./wasm.ts";

export { type Engine, type EngineChoice, engineChoices, EngineError, type EngineName };

/** Options for choosing and installing an engine. */
export interface EngineOptions {
  /** The engine to use. The default is `auto`, which selects the fastest engine that works. */
  readonly engine?: EngineChoice;
  /** Receives reports while the native engine is downloaded or compiled. */
  readonly onReport?: OnReport;
  /** A signal that aborts the installation of the native engine. */
  readonly signal?: AbortSignal;
  /** How the native engine uses threads. The default is `within-operations`. */
  readonly parallelism?: Parallelism;
  /** The function that installs the native engine. The default is {@linkcode provision}. */
  readonly provision?: Provision;
}

/** A function that installs the native engine. */
export type Provision = (
  options: Pick<EngineOptions, "onReport" | "signal">,
) => Promise<Provisioned | NotProvisioned>;

const backends: Readonly<Record<EngineName, string>> = {
  native: nativeBackendName,
  wasm: wasmBackend,
  cpu: cpuBackend,
};

/**
 * The engines that were started in this process. If the same engine is chosen again, then it is
 * reused, and nothing is installed again.
 */
const started = new Map<EngineChoice, Promise<Engine>>();

/**
 * Starts an engine and makes tfjs use it.
 *
 * @throws {EngineError} if the engine does not exist or cannot run here
 */
export async function startEngine(
  options: EngineOptions = {},
): Promise<Engine> {
  const choice = options.engine ?? "auto";
  requireKnown(choice);
  const starting = started.get(choice) ?? start(choice, options);
  started.set(choice, starting);
  try {
    const engine = await starting;
    await tf.setBackend(backends[engine.name]);
    return engine;
  } catch (error) {
    // The failed start is forgotten, so that a later call can try again.
    started.delete(choice);
    throw error;
  }
}

function requireKnown(choice: string): void {
  if (!(engineChoices as readonly string[]).includes(choice)) {
    throw new EngineError(
      `There is no engine '${choice}'; the engines are ${engineChoices.join(", ")}.`,
    );
  }
}

function start(choice: EngineChoice, options: EngineOptions): Promise<Engine> {
  switch (choice) {
    case "native":
      return setUpNative(options);
    case "wasm":
      return setUpWasm("it was requested");
    case "cpu":
      return setUpCpu("it was requested");
    case "auto":
      return setUpFastest(options);
  }
}

async function setUpFastest(options: EngineOptions): Promise<Engine> {
  const problems: string[] = [];
  try {
    return await setUpNative(options);
  } catch (error) {
    options.signal?.throwIfAborted();
    problems.push(messageOf(error));
  }
  try {
    return await setUpWasm(problems[0]!);
  } catch (error) {
    problems.unshift(messageOf(error));
  }
  return setUpCpu(problems.join(" And "));
}

async function setUpNative(options: EngineOptions): Promise<Engine> {
  const { onReport, signal } = options;
  const outcome = await (options.provision ?? provision)({
    ...(onReport && { onReport }),
    ...(signal && { signal }),
  });
  if (!outcome.ok) throw new EngineError(describeFailure(outcome));
  try {
    await startNative(options.parallelism);
  } catch (cause) {
    throw new EngineError(
      "native TensorFlow is installed but could not be loaded " +
        `(${messageOf(cause)}). To reinstall it: ${setUpCommand} --reinstall`,
      { cause },
    );
  }
  const versions = nativeVersions();
  const how = outcome.route === "present" ? "is in place" : `was set up (${outcome.route})`;
  return describeEngine(
    "native",
    `native TensorFlow ${versions.tensorflow} ${how}`,
    versions,
  );
}

function describeFailure({ attempts, advice }: NotProvisioned): string {
  const problems = attempts.map(({ route, problem }) => `${route}: ${problem}`);
  return `native TensorFlow could not be set up (${problems.join("; ")}). ${advice}`;
}

async function setUpWasm(why: string): Promise<Engine> {
  try {
    await startWasm();
  } catch (cause) {
    throw new EngineError(
      `tfjs' WebAssembly backend could not be started (${messageOf(cause)}).`,
      { cause },
    );
  }
  return describeEngine("wasm", `wasm, because ${why}`, await wasmVersions());
}

async function setUpCpu(why: string): Promise<Engine> {
  await startCpu();
  return describeEngine("cpu", `cpu, because ${why}`, {});
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
