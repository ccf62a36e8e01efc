/**
 * Measures the costs of compiling: time, memory, and the growth of memory over many steps. Memory
 * is only known for a whole process, and each case runs in its own process (measure_steps.ts).
 */
import { fileURLToPath } from "node:url";
import type { StepCosts, StepCostsOptions } from "./measure_steps.ts";

export interface CompileCosts {
  /** The time of the second call, the first that can be traced. */
  readonly compileMilliseconds: number;
  /** Resident memory beyond the eager run's, in MB, after equally many steps. */
  readonly extraMegabytes: number;
  /**
   * Growth of memory in a long run of a small network, in MB, after the first tenth of the steps.
   */
  readonly grownMegabytes: number;
  readonly longSteps: number;
}

const STEPS = 30;
const LONG_STEPS = 20_000;

/** Measures the costs of compiling the GAN's step. */
export async function measureCompileCosts(): Promise<CompileCosts> {
  const eager = await measure({ steps: STEPS, compiled: false, small: false });
  const compiled = await measure({
    steps: STEPS,
    compiled: true,
    small: false,
  });
  const long = await measure({
    steps: LONG_STEPS,
    compiled: true,
    small: true,
  });
  return {
    compileMilliseconds: compiled.compileMilliseconds,
    extraMegabytes: compiled.residentMegabytes - eager.residentMegabytes,
    grownMegabytes: long.residentMegabytes - long.earlyMegabytes,
    longSteps: LONG_STEPS,
  };
}

async function measure(options: StepCostsOptions): Promise<StepCosts> {
  const program = fileURLToPath(import.meta.resolve("./measure_steps.ts"));
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", program, JSON.stringify(options)],
  }).output();
  const decoder = new TextDecoder();
  if (code === 0) return JSON.parse(decoder.decode(stdout));
  throw new Error(
    `Measuring steps in a separate process: it ended with ${code}: ` +
      `${decoder.decode(stderr).trim()}`,
  );
}
