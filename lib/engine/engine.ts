/** Describes the engine in use. */
import * as tf from "@tensorflow/tfjs";
import { UserError } from "../system/user_error.ts";
import { describeProcessor, usesOneDnn } from "../native/processor.ts";
import { nativeThreads } from "./native.ts";
import { countThreads, type ThreadSettings } from "../native/threads.ts";

/** The engines, fastest first. */
export const engineNames = ["native", "wasm", "cpu"] as const;
/** An engine. */
export type EngineName = (typeof engineNames)[number];

/** Valid choices: an engine, or the fastest available one. */
export const engineChoices = [...engineNames, "auto"] as const;
/** What the user asks for: an engine, or the best that there is. */
export type EngineChoice = (typeof engineChoices)[number];

/** The engine in use. */
export interface Engine {
  /** Which engine it is. */
  readonly name: EngineName;
  /**
   * A sentence on why this engine was chosen and, if it is not the fastest, how to get the fastest.
   */
  readonly reason: string;
  /** Versions of deno, v8, tfjs and the engine's parts. */
  readonly versions: Readonly<Record<string, string>>;
  /** Maximum number of threads that compute at the same time. */
  readonly threads: number;
  /** TensorFlow's thread settings with their defaults filled in. Other engines use one thread. */
  readonly threadSettings: ThreadSettings;
  /** The processor's model. */
  readonly processor: string;
  /** The processor's vector instructions, e.g. avx2, avx512f, amx_bf16. */
  readonly instructionSet: readonly string[];
  /** Whether oneDNN provides TensorFlow's operations. */
  readonly oneDnn: boolean;
}

/** An engine that was requested and cannot run, with advice. */
export class EngineError extends UserError {
  /** The name that stands before the message. */
  override name = "EngineError";
}

/**
 * Describes an engine that has been started.
 *
 * @param reason why this engine was chosen
 * @param versions versions of the engine's parts
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
