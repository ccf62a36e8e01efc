/** Describes an engine. */
import * as tf from "@tensorflow/tfjs";
import { UserError } from "../system/user_error.ts";
import { describeProcessor, usesOneDnn } from "../native/processor.ts";
import { nativeThreads } from "./native.ts";
import { countThreads, type ThreadSettings } from "../native/threads.ts";

/** All engines, fastest first. */
export const engineNames = ["native", "wasm", "cpu"] as const;
/** The name of an engine. */
export type EngineName = (typeof engineNames)[number];

/** The valid choices; `auto` is the fastest available engine. */
export const engineChoices = [...engineNames, "auto"] as const;
/** A user's choice of engine. */
export type EngineChoice = (typeof engineChoices)[number];

/** An engine that has been started. */
export interface Engine {
  /** The engine's name. */
  readonly name: EngineName;
  /** Why this engine was chosen, and how to get a faster one. */
  readonly reason: string;
  /** Versions of deno, v8, tfjs and the engine's components. */
  readonly versions: Readonly<Record<string, string>>;
  /** The largest number of threads that compute at the same time. */
  readonly threads: number;
  /** TensorFlow's thread settings; 1 and 1 for other engines. */
  readonly threadSettings: ThreadSettings;
  /** The processor's name. */
  readonly processor: string;
  /** The processor's vector instructions, such as avx2, avx512f, amx_bf16. */
  readonly instructionSet: readonly string[];
  /** Whether TensorFlow computes with oneDNN. */
  readonly oneDnn: boolean;
}

/** An engine cannot run. The message says what to do. */
export class EngineError extends UserError {
  /** The name in stack traces. */
  override name = "EngineError";
}

/**
 * Describes an engine that has been started.
 *
 * @param versions versions of the engine's components
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
