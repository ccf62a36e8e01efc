import { UserError } from "../system/user_error.ts";

/** Thrown when a loss is infinite or NaN. */
export class DivergedError extends UserError {
  override name = "DivergedError";
}

/**
 * Checks that a loss is finite.
 *
 * @param name the name of the loss in the message, such as "the generator's loss"
 * @throws {DivergedError} if the loss is infinite or NaN
 */
export function requireFiniteLoss(
  loss: number,
  { name, step, advice }: { name: string; step: number; advice: string },
): void {
  if (Number.isFinite(loss)) return;
  throw new DivergedError(`Training stopped at step ${step}: ${name} is ${loss}. ${advice}`);
}
