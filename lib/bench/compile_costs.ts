/**
 * Measures the costs of compiling: its time, the extra memory that compiled steps need compared
 * with eager ones, and the growth of memory use over many steps. Memory can only be measured for a
 * whole process, so each case runs in its own process (measure_steps.ts).
 */
import { fileURLToPath } from "node:url";
import type { StepCosts, StepCostsOptions } from "./measure_steps.ts";

export interface CompileCosts {
  /** Duration in milliseconds of the second call, which is the first one that can be traced. */
  readonly compileMilliseconds: number;
  /**
   * How much more resident memory the compiled run uses than the eager run, in MB. Both are
   * measured after the same number of steps.
   */
  readonly extraMegabytes: number;
  /**
   * How much memory use grows in a long run of a small network, in MB. The first tenth of the steps
   * is not counted.
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
