/** Describes in one line why a string could not be parsed. */
import { z } from "zod";

/**
 * Returns the first problem in an error from a Zod schema, or the first line of the message of any
 * other error.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { z } from "zod";
 * const { error } = z.object({ cells: z.array(z.string()) }).safeParse({ cells: [1] });
 * assertEquals(describeProblem(error), "cells.0: Invalid input: expected string, received number");
 * assertEquals(describeProblem(new Error("cut off\nat line 3")), "cut off");
 * ```
 */
export function describeProblem(cause: unknown): string {
  if (cause instanceof z.ZodError) {
    const [{ path, message }] = cause.issues;
    return path.length === 0 ? message : `${path.join(".")}: ${message}`;
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.split("\n")[0];
}
