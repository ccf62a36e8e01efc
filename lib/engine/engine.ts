/** Defines the engines, and describes an engine that has been started. */
import * as tf from "@tensorflow/tfjs";
import { UserError } from "../system/user_error.ts";
import { describeProcessor, usesOneDnn } from "../native/processor.ts";
import { nativeThreads } from "./native.ts";
import { countThreads, type ThreadSettings } from "../native/threads.ts";

/** The names of all engines, from the fastest to the slowest. */
export const engineNames = ["native", "wasm", "cpu"] as const;
/** The name of an engine. */
export type EngineName = (typeof engineNames)[number];

/**
 * The engines that a user can choose. The choice `auto` stands for the fastest available engine.
 */
export const engineChoices = [...engineNames, "auto"] as const;
/** A user's choice of engine. */
export type EngineChoice = (typeof engineChoices)[number];

/** An engine that has been started. */
export interface Engine {
  /** The engine's name. */
  readonly name: EngineName;
  /**
   * Why this engine was chosen. If a faster engine could not start, this text also says how to get
   * it.
   */
  readonly reason: string;
  /** Versions of Deno, V8, tfjs and the engine's components, by name. */
  readonly versions: Readonly<Record<string, string>>;
  /** The largest number of threads that compute at the same time. */
  readonly threads: number;
  /** TensorFlow's thread settings. For all other engines, both settings are 1. */
  readonly threadSettings: ThreadSettings;
  /** The processor's name. */
  readonly processor: string;
  /** The processor's vector instruction sets, such as avx2, avx512f or amx_bf16. */
  readonly instructionSet: readonly string[];
  /** Whether TensorFlow uses the library oneDNN. For all other engines, the value is false. */
  readonly oneDnn: boolean;
}

/** Thrown if an engine cannot run. The message says what the user can do. */
export class EngineError extends UserError {
  /** Name of the class, which stack traces show. */
  override name = "EngineError";
}

/**
 * Describes an engine that has been started.
 *
 * @param versions versions of the engine's components, by name
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
