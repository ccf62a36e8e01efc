/** Checks options against a schema. */
import type { z } from "zod";
import { UserError } from "./user_error.ts";

/** The error for invalid options. */
export class OptionsError extends UserError {
  override name = "OptionsError";
}

/**
 * Validates options, fills in defaults and freezes the result.
 *
 * @throws {OptionsError} if any option is invalid
 */
export function parseOptions<S extends z.ZodType>(
  schema: S,
  input: unknown,
): Readonly<z.output<S>> {
  const parsed = schema.safeParse(input, { reportInput: true });
  if (!parsed.success) {
    throw new OptionsError(parsed.error.issues.map(describeIssue).join("\n"));
  }
  return Object.freeze(parsed.data);
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const place = issue.path.length === 0 ? "options" : issue.path.join(".");
  const found = issue.input === undefined ? "" : `; found ${JSON.stringify(issue.input)}`;
  return `${place}: ${issue.message}${found}`;
}
