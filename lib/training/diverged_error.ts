/** The end of a training whose loss is no number any more. */
import { UserError } from "../system/user_error.ts";

/** A loss that is not finite: training can't go on. */
export class DivergedError extends UserError {
  override name = "DivergedError";
}

/**
 * Checks a loss.
 *
 * @param name of the loss: "the generator's loss"
 * @param advice what to try instead
 * @throws {DivergedError} when the loss is infinite or no number
 */
export function requireFiniteLoss(
  loss: number,
  { name, step, advice }: { name: string; step: number; advice: string },
): void {
  if (Number.isFinite(loss)) return;
  throw new DivergedError(`Training stopped at step ${step}: ${name} is ${loss}. ${advice}`);
}
