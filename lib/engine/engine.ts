/** Describes the engine in use. */
import * as tf from "@tensorflow/tfjs";
import { UserError } from "../system/user_error.ts";
import { describeProcessor, usesOneDnn } from "../native/processor.ts";
import { nativeThreads } from "./native.ts";
import { countThreads, type ThreadSettings } from "../native/threads.ts";

/** The engines, fastest first. */
export const engineNames = ["native", "wasm", "cpu"] as const;
/** The name of an engine. */
export type EngineName = (typeof engineNames)[number];

/** The valid choices. A name selects that engine, and `auto` selects the fastest one available. */
export const engineChoices = [...engineNames, "auto"] as const;
/** The user's choice of an engine. */
export type EngineChoice = (typeof engineChoices)[number];

/** The engine in use. */
export interface Engine {
  /** The engine's name. */
  readonly name: EngineName;
  /** Says why this engine was chosen and how to get a faster one, if there is one. */
  readonly reason: string;
  /** Versions of deno, v8, tfjs and the engine's own components. */
  readonly versions: Readonly<Record<string, string>>;
  /** Maximum number of threads that compute at the same time. */
  readonly threads: number;
  /**
   * TensorFlow's thread settings, including defaults. Other engines use one thread, so both
   * settings are 1.
   */
  readonly threadSettings: ThreadSettings;
  /** The processor's model. */
  readonly processor: string;
  /** The processor's vector instructions, e.g. avx2, avx512f, amx_bf16. */
  readonly instructionSet: readonly string[];
  /** Whether oneDNN provides TensorFlow's operations. */
  readonly oneDnn: boolean;
}

/** Thrown when a requested engine cannot run. The message says what to do. */
export class EngineError extends UserError {
  /** Name of the class, for stack traces. */
  override name = "EngineError";
}

/**
 * Describes an engine that has been started.
 *
 * @param reason why this engine was chosen
 * @param versions versions of the engine's own components
 */
export function describeEngine(
  name: EngineName,
  reason: string,
  versions: Readonly<Record<string, string>>,
): Engine {
  const processor = describeProcessor();
  const isNative = name === "native";
  return {
    name,
    reason,
    versions: {
      deno: Deno.version.deno,
      v8: Deno.version.v8,
      tfjs: tf.version.tfjs,
      ...versions,
    },
    threads: isNative ? countThreads() : 1,
    threadSettings: isNative ? nativeThreads() : { withinOperations: 1, acrossOperations: 1 },
    processor: processor.name,
    instructionSet: processor.instructionSet,
    oneDnn: isNative && usesOneDnn(
      processor,
      Deno.env.get("TF_ENABLE_ONEDNN_OPTS"),
      Deno.build.os,
    ),
  };
}
