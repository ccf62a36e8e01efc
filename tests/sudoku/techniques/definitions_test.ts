import { assert, assertEquals } from "@std/assert";
import type { Size } from "../../../lib/sudoku/board/shape.ts";
import { techniques } from "../../../lib/sudoku/techniques/all_techniques.ts";
import type { Step } from "../../../lib/sudoku/techniques/step.ts";
import {
  type DefinedStep,
  definitions,
  easiestOnly,
  stepsByDefinition,
} from "../../support/sudoku_definitions.ts";
import { randomBoard } from "../../support/sudoku_puzzles.ts";

const boards = ([4, 6, 9] as const).flatMap((size) =>
  Array.from({ length: size === 9 ? 10 : 25 }, (_, seed) => randomBoard(size, seed))
);

for (const name of Object.keys(definitions)) {
  Deno.test(`${name}: finds every step of the definition, and no other`, () => {
    const technique = techniques.find((one) => one.name === name)!;
    let found = 0;
    for (const board of boards) {
      // Boards with many empty cells have too many triples.
      if (/triple excl|Three/.test(name) && board.empty > 28) continue;
      const steps = [...technique.steps(board)];
      const wanted = stepsByDefinition(name, board)
        .map((step) => signature({ technique: name, rating: technique.rating, ...step }));
      assertEquals(steps.map(signatureOf).sort(), wanted.sort());
      for (const step of steps) {
        assertPlain(step, board.shape.size);
        assertEquals(step.reason.kind, kindOf(name));
      }
      // Of the easiest steps, the steps with the most removals come first.
      const removals = steps.map((step) => step.removals.length);
      if (easiestOnly.includes(name)) assertEquals(removals, removals.toSorted((a, b) => b - a));
      found += steps.length;
    }
    assert(found > 0, "none on any board");
  });
}

function signatureOf(step: Step): string {
  const { reason } = step;
  const digits = "digits" in reason
    ? reason.digits
    : "digit" in reason
    ? [reason.digit]
    : undefined;
  return signature({ ...step, ...(digits ? { digits } : {}) });
}

function signature(step: DefinedStep): string {
  const { cells, units, removals = [], placements = [], digits = [] } = step;
  const listed = (candidates: typeof removals) =>
    candidates.map(({ cell, digit }) => `${cell}:${digit}`).sort().join();
  return `cells ${cells} units ${units} without ${listed(removals)} with ${listed(placements)} ` +
    `of ${digits}: ${step.technique}, ${step.rating}`;
}

function kindOf(technique: string): string {
  const kinds: readonly [RegExp, string][] = [
    [/^(Last in unit|Hidden single|Naked single)$/, technique.toLowerCase()],
    [/pointing|claiming/i, "locked candidates"],
    [/^Naked/, "naked subset"],
    [/hidden/i, "hidden subset"],
    [/Turbot|links/, "strong links"],
    [/^X-wing|fish$/, "fish"],
    [/^XYZ?-wing/, "wing"],
    [/-wing/, "almost locked set"],
    [/exclusion/, "aligned exclusion"],
  ];
  return kinds.find(([names]) => names.test(technique))![1];
}

function assertPlain({ reason, units, cells, ...step }: Step, size: Size): void {
  assertEquals([step.presumesUniqueness, step.size], [false, size]);
  switch (reason.kind) {
    case "locked candidates":
      return assertEquals([reason.unit, reason.crossing], [...units]);
    case "fish":
      return assertEquals([...reason.base, ...reason.cover], [...units]);
    case "wing":
      return assertEquals([reason.pivot, ...reason.pincers], [...cells]);
    case "almost locked set":
      return assertEquals([...reason.set, reason.partner], [...cells]);
    case "strong links":
      return assertEquals(reason.links.map(({ unit }) => unit), [...units]);
    case "naked single":
    case "aligned exclusion":
      return;
    default:
      assert("unit" in reason, reason.kind);
      assertEquals([reason.unit], [...units]);
  }
}
