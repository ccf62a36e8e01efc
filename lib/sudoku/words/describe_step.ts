/** Describes steps in words, for readers who know only the rules of Sudoku. */
import { sentenceOfChains } from "./chain_sentences.ts";
import { patternReason } from "./pattern_sentences.ts";
import type { Step } from "../techniques/step.ts";
import type { Reason } from "../techniques/step_reason.ts";
import { BoardWords } from "./board_words.ts";

/**
 * Returns sentences that state the effect of a step and the reason for it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Board, describeStep, gridOf, nextStep } from "@sudogan/sudogan/sudoku";
 * const step = nextStep(Board.of(gridOf(4, [1, 2, 3, 0, ...new Array(12).fill(0)])))!;
 * assertEquals(describeStep(step), "Last in unit: row 1 has one empty cell, r1c4, and lacks only 4. So r1c4 is 4.");
 * ```
 */
export function describeStep(step: Step): string {
  const words = new BoardWords(step.size);
  const why = reasonOf(step, step.reason, words);
  const caution = step.presumesUniqueness
    ? " (This holds because the puzzle has one solution.)"
    : "";
  const so = `So ${singleLeft(step, words)}${words.effect(step)}.`;
  return `${step.technique}: ${why} ${so}${caution}`;
}

/**
 * If the removals of a step leave only one place for a digit in a unit, returns words that say so.
 * Returns an empty string for all other steps.
 */
function singleLeft({ placements, reason }: Step, words: BoardWords): string {
  const isDirect = reason.kind === "locked candidates" ||
    reason.kind === "hidden subset";
  if (!isDirect || placements.length === 0) return "";
  const [{ cell, digit }] = placements;
  const unit = words.unitOfKind(cell, reason.unit);
  return `one place is left for ${digit} in ${unit}: `;
}

function reasonOf(step: Step, reason: Reason, words: BoardWords): string {
  switch (reason.kind) {
    case "last in unit":
    case "hidden single":
    case "naked single":
      return singleReason(step, reason, words);
    case "locked candidates": {
      const { digit, unit, crossing } = reason;
      return `${words.unit(unit)} has room for ${digit} only where it crosses ` +
        `${words.unit(crossing)}, in ${words.cells(step.cells)}. One of these is ${digit}, so ` +
        `the rest of ${words.unit(crossing)} is not.`;
    }
    case "naked subset":
      return `${words.cells(step.cells)} in ${words.unit(reason.unit)} can hold only ` +
        `${words.digits(reason.digits)}, as many digits as cells, so these digits are used up ` +
        "there.";
    case "hidden subset":
      return `in ${words.unit(reason.unit)}, ${words.digits(reason.digits)} fit only in ` +
        `${words.cells(step.cells)}, as many cells as digits, so these cells hold nothing else.`;
    case "fish":
      return `in ${words.units(reason.base)}, ${reason.digit} fits only in ` +
        `${words.units(reason.cover)}. These must take it there, as many of one as of the ` +
        "other, and have no room for it elsewhere.";
    case "cycle":
    case "chain":
    case "contradiction":
    case "cases":
      return sentenceOfChains(reason, words);
    default:
      return patternReason(step, reason, words);
  }
}

type Single = Extract<
  Reason,
  { kind: "last in unit" | "hidden single" | "naked single" }
>;

function singleReason(step: Step, reason: Single, words: BoardWords): string {
  const [{ cell, digit }] = step.placements;
  switch (reason.kind) {
    case "last in unit":
      return `${words.unit(reason.unit)} has one empty cell, ${words.cell(cell)}, and lacks only ` +
        `${digit}.`;
    case "hidden single":
      return `in ${words.unit(reason.unit)}, ${digit} fits nowhere but in ${words.cell(cell)}.`;
    case "naked single":
      return `every digit but ${digit} is in the row, column or box of ${words.cell(cell)}, or ` +
        "struck from its notes.";
  }
}
