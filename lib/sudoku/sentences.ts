/** Steps in words: a sentence, or a few, that someone who knows only the rules can follow. */
import { sentenceOfChains } from "./chain_sentences.ts";
import type { Reason, Step } from "./step.ts";
import { Words } from "./words.ts";

/**
 * Says what a step does and why.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Board } from "./board.ts";
 * import { nextStep } from "./explain.ts";
 * import { gridOf } from "./grid.ts";
 * const step = nextStep(Board.of(gridOf(4, [1, 2, 3, 0, ...new Array(12).fill(0)])))!;
 * assertEquals(describe(step), "Last in unit: row 1 has one empty cell, r1c4, and lacks only 4. So r1c4 is 4.");
 * ```
 */
export function describe(step: Step): string {
  const words = new Words(step.size);
  const why = reasonOf(step, step.reason, words);
  const caution = step.presumesUniqueness
    ? " (This holds because the puzzle has one solution.)"
    : "";
  const so = `So ${singleLeft(step, words)}${words.effect(step)}.`;
  return `${step.technique}: ${why} ${so}${caution}`;
}

/** For a step that strikes candidates in mind only: where that leaves one place for a digit. */
function singleLeft({ placements, reason }: Step, words: Words): string {
  const isDirect = reason.kind === "locked candidates" ||
    reason.kind === "hidden subset";
  if (!isDirect || placements.length === 0) return "";
  const [{ cell, digit }] = placements;
  const unit = words.unitOfKind(cell, reason.unit);
  return `one place is left for ${digit} in ${unit}: `;
}

function reasonOf(step: Step, reason: Reason, words: Words): string {
  switch (reason.kind) {
    case "last in unit":
    case "hidden single":
    case "naked single":
      return singleReason(step, reason, words);
    case "locked candidates": {
      const { digit, unit, crossing } = reason;
      return `${words.unit(unit)} has room for ${digit} only where it crosses ${
        words.unit(crossing)
      }, in ${
        words.cells(step.cells)
      }. One of these is ${digit}, so the rest of ${
        words.unit(crossing)
      } is not.`;
    }
    case "naked subset":
      return `${words.cells(step.cells)} in ${
        words.unit(reason.unit)
      } can hold only ${
        words.digits(reason.digits)
      }, as many digits as cells, so these digits are used up there.`;
    case "hidden subset":
      return `in ${words.unit(reason.unit)}, ${
        words.digits(reason.digits)
      } fit only in ${
        words.cells(step.cells)
      }, as many cells as digits, so these cells hold nothing else.`;
    case "fish":
      return `in ${words.units(reason.base)}, ${reason.digit} fits only in ${
        words.units(reason.cover)
      }. These must take it there, as many of one as of the other, and have no room for it elsewhere.`;
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

function singleReason(step: Step, reason: Single, words: Words): string {
  const [{ cell, digit }] = step.placements;
  switch (reason.kind) {
    case "last in unit":
      return `${words.unit(reason.unit)} has one empty cell, ${
        words.cell(cell)
      }, and lacks only ${digit}.`;
    case "hidden single":
      return `in ${words.unit(reason.unit)}, ${digit} fits nowhere but in ${
        words.cell(cell)
      }.`;
    case "naked single":
      return `every digit but ${digit} is in the row, column or box of ${
        words.cell(cell)
      }, or struck from its notes.`;
  }
}

type Pattern = Extract<
  Reason,
  {
    kind:
      | "wing"
      | "strong links"
      | "almost locked set"
      | "unique loop"
      | "bivalue universal grave"
      | "aligned exclusion";
  }
>;

function patternReason(step: Step, reason: Pattern, words: Words): string {
  switch (reason.kind) {
    case "wing":
      return `whatever ${
        words.cell(reason.pivot)
      } holds, ${reason.digit} is in ${
        words.cells(placesOf(step, reason), "or")
      }, so a cell that sees all of these cannot hold it.`;
    case "strong links":
      return strongLinkReason(reason, words);
    case "almost locked set":
      return almostLockedReason(reason, words);
    case "unique loop":
      return uniqueLoopReason(step, reason, words);
    case "bivalue universal grave":
      return graveReason(reason, words);
    case "aligned exclusion":
      return `go through the ways to fill ${
        words.cells(step.cells)
      }: those that repeat a digit in a unit, or leave nothing for ${
        words.cells(reason.excluders, "or")
      }, are out, and none of the others uses what is struck here.`;
  }
}

/** An XYZ-wing's pivot can hold the digit, an XY-wing's cannot. */
function placesOf(
  step: Step,
  { pivot, pincers }: Of<"wing">,
): readonly number[] {
  return step.technique === "XYZ-wing" ? [pivot, ...pincers] : pincers;
}

type Of<Kind extends Reason["kind"]> = Extract<Reason, { kind: Kind }>;

function strongLinkReason(
  { digit, links, isRing }: Of<"strong links">,
  words: Words,
): string {
  const each = links.map(({ unit, ends: [first, second] }) =>
    `${words.unit(unit)} has its ${digit} in ${
      words.cells(first, "or")
    } or else in ${words.cells(second, "or")}`
  ).join("; ");
  const start = links[0].ends[0];
  const end = links[links.length - 1].ends[1];
  const ring = isRing
    ? " The links close to a ring, so the same goes for every two neighbouring ends."
    : "";
  return `${each}. Neighbouring ends share a unit, so they are not both ${digit}, and at least one outer end, ${
    words.cells(start, "or")
  } or ${words.cells(end, "or")}, is.${ring}`;
}

function almostLockedReason(
  { set, digits, partner, linked }: Of<"almost locked set">,
  words: Words,
): string {
  const cells = words.cells(set);
  const cell = words.cell(partner);
  if (linked.length === 2) {
    return `${cells} hold all of ${
      words.digits(digits)
    } but one, and ${cell} takes ${
      words.digits(linked, "or")
    }, which they then lack. So each of these digits is in one of these cells, and what sees all its places there cannot hold it.`;
  }
  return `${cells} hold all of ${words.digits(digits)} but one. If ${cell} is ${
    linked[0]
  }, they lack that and hold the other digit of ${cell}; if not, ${cell} holds that itself.`;
}

function uniqueLoopReason(
  step: Step,
  { type, digits, extra, helpers, helperDigits }: Of<"unique loop">,
  words: Words,
): string {
  const [a, b] = digits;
  const start = `if ${
    words.cells(step.cells)
  } held only ${a} and ${b}, the two could be swapped and the puzzle would have two solutions.`;
  const cells = words.cells(extra);
  switch (type) {
    case 1:
      return `${start} Only ${cells} can be something else, so it is.`;
    case 2:
      return `${start} So one of ${cells} holds the other digit that they share.`;
    case 3:
      return `${start} So ${cells} hold another digit between them, and with ${
        words.cells(helpers)
      } they use up ${words.digits(helperDigits)}.`;
    case 4:
      return `${start} In ${words.units(step.units)}, ${
        helperDigits[0]
      } fits only in ${cells}, so neither of them is the other of the two digits.`;
  }
}

function graveReason(
  { type, extra, helpers, helperDigits }: Of<"bivalue universal grave">,
  words: Words,
): string {
  const list = extra.map((candidate) => words.candidate(candidate)).join(", ");
  const start =
    `without ${list} each empty cell would have two candidates and each digit two places in every unit, which no puzzle with one solution comes down to.`;
  switch (type) {
    case 1:
      return `${start} So that is what the cell holds.`;
    case 2:
      return `${start} So one of them holds.`;
    case 3:
      return `${start} So one of them holds, and with ${
        words.cells(helpers)
      } they use up ${words.digits(helperDigits)}.`;
    case 4:
      return `${start} So one of them holds, and ${
        helperDigits[0]
      } is in the other cell.`;
  }
}
