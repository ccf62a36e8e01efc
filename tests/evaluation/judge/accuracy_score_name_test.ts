import { assertEquals } from "@std/assert";
import {
  ACCURACY_CLASSIFIERS,
  ACCURACY_SCORE,
  accuracyClassifiersOf,
  accuracyScoreName,
} from "../../../lib/evaluation/judge/accuracy_score_name.ts";

Deno.test("the name of an accuracy score says how it was measured, and is read back", () => {
  assertEquals(ACCURACY_SCORE, "classification accuracy score (classifiers: 10, epochs: 6)");
  for (const classifiers of [1, ACCURACY_CLASSIFIERS, 25]) {
    assertEquals(accuracyClassifiersOf(accuracyScoreName(classifiers)), classifiers);
  }
});

Deno.test("a score that was measured otherwise is no accuracy score of today", () => {
  for (
    const name of [
      "recall",
      "classification accuracy score",
      "classification accuracy score (classifiers: 10, epochs: 5)",
      "classification accuracy score (classifiers: ten, epochs: 6)",
      `${ACCURACY_SCORE} of real digits`,
    ]
  ) assertEquals(accuracyClassifiersOf(name), undefined, name);
});
