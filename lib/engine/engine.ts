/** What an engine is, and what is said of the one in use. */
import * as tf from "@tensorflow/tfjs";
import { UserError } from "../system/user_error.ts";
import { describeProcessor, usesOneDnn } from "../native/processor.ts";
import { nativeThreads } from "./native.ts";
import { countThreads, type ThreadSettings } from "../native/threads.ts";

/** The engines, the fastest first. */
export const engineNames = ["native", "wasm", "cpu"] as const;
export type EngineName = (typeof engineNames)[number];

/** What may be asked for: an engine, or the fastest that can be had. */
export const engineChoices = [...engineNames, "auto"] as const;
export type EngineChoice = (typeof engineChoices)[number];

/** The engine in use. */
export interface Engine {
  readonly name: EngineName;
  /** A sentence: why this engine and, where it is not the fastest, how to get that one. */
  readonly reason: string;
  /** Of deno, v8, tfjs and what the engine consists of. */
  readonly versions: Readonly<Record<string, string>>;
  /** Threads that compute at the same time, at most. */
  readonly threads: number;
  /**
   * How they are spread: what TensorFlow uses, defaults written out. One thread on the other
   * engines.
   */
  readonly threadSettings: ThreadSettings;
  /** The processor's model. */
  readonly processor: string;
  /** The processor's vector instructions, e.g. avx2, avx512f, amx_bf16. */
  readonly instructionSet: readonly string[];
  /** Whether TensorFlow's operations come from oneDNN. */
  readonly oneDnn: boolean;
}

/** An engine that was asked for and cannot run, with what to do about it. */
export class EngineError extends UserError {
  override name = "EngineError";
}

/**
 * Describes an engine that has been started.
 *
 * @param reason why this one
 * @param versions of the engine's parts
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
