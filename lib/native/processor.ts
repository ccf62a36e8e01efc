/** Describes the processor's features that affect matrix products. */
import { cpus } from "node:os";

export interface Processor {
  readonly name: string;
  /** Vector instructions, as Linux names them; empty if unknown. */
  readonly instructionSet: readonly string[];
}

/** Vector instructions that TensorFlow uses on x86-64 and ARM. */
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

/** Describes this machine's processor. */
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
 * Reads Linux's description of the first processor.
 *
 * @param text the content of /proc/cpuinfo
 * @returns the processor; its name may be empty
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
 * Returns whether TensorFlow computes with oneDNN. On Linux, the default is yes for processors with
 * instructions for neural networks (tensorflow/core/util/util.cc, `IsMKLEnabled`).
 *
 * @param setting TF_ENABLE_ONEDNN_OPTS
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

/** Returns undefined if `read` fails, for example for lack of permission. */
function ifAllowed<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
