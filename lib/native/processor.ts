/** Describes the processor: its name, and the vector instructions that affect matrix products. */
import { cpus } from "node:os";

export interface Processor {
  readonly name: string;
  /** The Linux names of the vector instructions; empty if they are unknown. */
  readonly instructionSet: readonly string[];
}

/** The vector instructions that TensorFlow uses on x86-64 and ARM processors. */
const telling = [
  "sse4_2",
  "avx",
  "avx2",
  "fma",
  "avx512f",
  "avx512_vnni",
  "avx512_bf16",
  "avx_vnni",
  "amx_tile",
  "amx_int8",
  "amx_bf16",
  "asimd",
  "sve",
  "bf16",
  "i8mm",
] as const;

/** Describes the processor of this machine. */
export function describeProcessor(): Processor {
  const { name, instructionSet } = parseCpuInfo(
    ifAllowed(() => Deno.readTextFileSync("/proc/cpuinfo")) ?? "",
  );
  return {
    name: name || ifAllowed(() => cpus()[0]?.model) ||
      `unknown ${Deno.build.arch}`,
    instructionSet,
  };
}

/**
 * Reads the description of the first processor that Linux lists.
 *
 * @param text the contents of /proc/cpuinfo
 * @returns the processor; its name is empty if the text contains no name
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(
 *   parseCpuInfo("model name\t: AMD EPYC\nflags\t\t: fpu avx2 fma\n"),
 *   { name: "AMD EPYC", instructionSet: ["avx2", "fma"] },
 * );
 * ```
 */
export function parseCpuInfo(text: string): Processor {
  const flags = new Set(valueOf(text, "flags|Features").split(" "));
  return {
    name: valueOf(text, "model name"),
    instructionSet: telling.filter((instruction) => flags.has(instruction)),
  };
}

/**
 * Returns whether TensorFlow computes with oneDNN. By default, TensorFlow on Linux uses oneDNN if
 * the processor has instructions for neural networks (tensorflow/core/util/util.cc,
 * `IsMKLEnabled`).
 *
 * @param setting the value of the environment variable TF_ENABLE_ONEDNN_OPTS
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const processor = { name: "", instructionSet: ["avx2", "avx512_vnni"] };
 * assertEquals(usesOneDnn(processor, undefined, "linux"), true);
 * assertEquals(usesOneDnn(processor, "0", "linux"), false);
 * ```
 */
export function usesOneDnn(
  { instructionSet }: Processor,
  setting: string | undefined,
  os: typeof Deno.build.os,
): boolean {
  if (os !== "linux" && os !== "windows") return false;
  const asked = { "1": true, true: true, "0": false, false: false }[
    setting?.toLowerCase() ?? ""
  ];
  return asked ??
    (os === "linux" &&
      instructionSet.some((instruction) =>
        /^(avx512_(vnni|bf16)|avx_vnni|amx_)/.test(instruction)
      ));
}

function valueOf(text: string, key: string): string {
  return text.match(new RegExp(`^(?:${key})\\s*: *(.*)$`, "m"))?.[1] ?? "";
}

/**
 * Returns the result of `read`. If `read` fails, for example because a permission is missing,
 * returns undefined.
 */
function ifAllowed<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
