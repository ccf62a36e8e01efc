/** Describes wings, strong links, unique loops and other patterns in words. */
import type { Step } from "../techniques/step.ts";
import type { Reason } from "../techniques/step_reason.ts";
import type { BoardWords } from "./board_words.ts";

/** The kinds of reasons that this file puts into words. */
export type Pattern = Extract<
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

/** Explains why a step follows from its pattern. */
export function patternReason(
  step: Step,
  reason: Pattern,
  words: BoardWords,
): string {
  switch (reason.kind) {
    case "wing":
      return `whatever ${words.cell(reason.pivot)} holds, ${reason.digit} is in ` +
        `${words.cells(placesOf(step, reason), "or")}, so a cell that sees all of these ` +
        "cannot hold it.";
    case "strong links":
      return strongLinkReason(reason, words);
    case "almost locked set":
      return almostLockedReason(reason, words);
    case "unique loop":
      return uniqueLoopReason(step, reason, words);
    case "bivalue universal grave":
      return graveReason(reason, words);
    case "aligned exclusion":
      return `go through the ways to fill ${words.cells(step.cells)}: those that repeat a digit ` +
        `in a unit, or leave nothing for ${words.cells(reason.excluders, "or")}, are out, and ` +
        "none of the others uses what is struck here.";
  }
}

/**
 * Returns the cells of a wing that can hold the digit. The pivot can hold the digit only in an
 * XYZ-wing.
 */
function placesOf(
  step: Step,
  { pivot, pincers }: Of<"wing">,
): readonly number[] {
  return step.technique === "XYZ-wing" ? [pivot, ...pincers] : pincers;
}

type Of<Kind extends Reason["kind"]> = Extract<Reason, { kind: Kind }>;

function strongLinkReason(
  { digit, links, isRing }: Of<"strong links">,
  words: BoardWords,
): string {
  const each = links.map(({ unit, ends: [first, second] }) =>
    `${words.unit(unit)} has its ${digit} in ${words.cells(first, "or")} or else in ` +
    `${words.cells(second, "or")}`
  ).join("; ");
  const start = links[0].ends[0];
  const end = links[links.length - 1].ends[1];
  const ring = isRing
    ? " The links close to a ring, so the same goes for every two neighbouring ends."
    : "";
  return `${each}. Neighbouring ends share a unit, so they are not both ${digit}, and at least one ` +
    `outer end, ${words.cells(start, "or")} or ${words.cells(end, "or")}, is.${ring}`;
}

function almostLockedReason(
  { set, digits, partner, linked }: Of<"almost locked set">,
  words: BoardWords,
): string {
  const cells = words.cells(set);
  const cell = words.cell(partner);
  if (linked.length === 2) {
    return `${cells} hold all of ${words.digits(digits)} but one, and ${cell} takes ` +
      `${words.digits(linked, "or")}, which they then lack. So each of these digits is in one ` +
      "of these cells, and what sees all its places there cannot hold it.";
  }
  return `${cells} hold all of ${words.digits(digits)} but one. If ${cell} is ${linked[0]}, they ` +
    `lack that and hold the other digit of ${cell}; if not, ${cell} holds that itself.`;
}

function uniqueLoopReason(
  step: Step,
  { type, digits, extra, helpers, helperDigits }: Of<"unique loop">,
  words: BoardWords,
): string {
  const [a, b] = digits;
  const start =
    `if ${words.cells(step.cells)} held only ${a} and ${b}, the two could be swapped and the ` +
    "puzzle would have two solutions.";
  const cells = words.cells(extra);
  switch (type) {
    case 1:
      return `${start} Only ${cells} can be something else, so it is.`;
    case 2:
      return `${start} So one of ${cells} holds the other digit that they share.`;
    case 3:
      return `${start} So ${cells} hold another digit between them, and with ` +
        `${words.cells(helpers)} they use up ${words.digits(helperDigits)}.`;
    case 4:
      return `${start} In ${words.units(step.units)}, ${helperDigits[0]} fits only in ${cells}, ` +
        "so neither of them is the other of the two digits.";
  }
}

function graveReason(
  { type, extra, helpers, helperDigits }: Of<"bivalue universal grave">,
  words: BoardWords,
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
      return `${start} So one of them holds, and with ${words.cells(helpers)} they use up ` +
        `${words.digits(helperDigits)}.`;
    case 4:
      return `${start} So one of them holds, and ${helperDigits[0]} is in the other cell.`;
  }
}
