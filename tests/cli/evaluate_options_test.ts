import { assertEquals } from "@std/assert";
import { parseEvaluateCommand } from "../../lib/cli/evaluate_options.ts";

Deno.test("the accuracy score is off by default, and takes ten classifiers or the given number", () => {
  const numberOf = (...args: string[]) => parseEvaluateCommand(["a", ...args]).accuracyScore;
  assertEquals(numberOf(), undefined);
  assertEquals(numberOf("--accuracy-score"), 10);
  assertEquals(numberOf("--accuracy-score", "--json"), 10);
  assertEquals(numberOf("--accuracy-score", "3"), 3);
});
