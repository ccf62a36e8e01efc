/**
 * Measures what it costs to compile a training step: the time, the memory, and the growth of memory
 * over many steps. Memory can be measured only for a whole process, so each case runs in a separate
 * process (measure_steps.ts).
 */
import { fileURLToPath } from "node:url";
import type { StepCosts, StepCostsOptions } from "./measure_steps.ts";

export interface CompileCosts {
  /**
   * Duration of the second call in milliseconds. The first call cannot be traced, so the
   * compilation happens in the second call and is part of this duration.
   */
  readonly compileMilliseconds: number;
  /**
   * Resident memory in MB that the compiled run needs in addition to the memory of an eager run
   * with the same number of steps.
   */
  readonly extraMegabytes: number;
  /**
   * Growth of resident memory in MB during a long run of a small network. The growth during the
   * first tenth of the steps is not counted.
   */
  readonly grownMegabytes: number;
  readonly longSteps: number;
}

const STEPS = 30;
const LONG_STEPS = 20_000;

/** Measures what it costs to compile the training step of the GAN. */
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
