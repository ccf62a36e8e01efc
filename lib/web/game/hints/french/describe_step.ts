/**
 * Describes the steps of a solution in French. The sentences mean the same as the English sentences
 * in lib/sudoku/words.
 */
import type { Reason, Step } from "../../../../sudoku/mod.ts";
import { FrenchWords } from "./board_words.ts";
import { chainReason } from "./chain_sentences.ts";
import { frenchPatternReason } from "./pattern_sentences.ts";

/**
 * Returns sentences that state the reason for a step and its effect. The sentences do not name the
 * technique.
 */
export function describeInFrench(step: Step): string {
  const words = new FrenchWords(step.size);
  const why = reasonOf(step, step.reason, words);
  const caution = step.presumesUniqueness
    ? " (Cela tient à ce que la grille n’a qu’une solution.)"
    : "";
  const text = `${why} Donc ${placeLeft(step, words)}${words.effect(step)}.${caution}`;
  return withFixedSpaces(text[0].toUpperCase() + text.slice(1));
}

/**
 * Makes the spaces before colons and semicolons non-breaking. French puts a space there, but a line
 * must not break at this space.
 */
function withFixedSpaces(text: string): string {
  return text.replace(/ ([:;])/g, "\u00a0$1");
}

/**
 * For a placement that follows directly from locked candidates or a hidden subset, returns an
 * introduction saying that the digit has only one place left in a unit. Returns an empty string for
 * all other steps.
 */
function placeLeft({ placements, reason }: Step, words: FrenchWords): string {
  const isDirect = reason.kind === "locked candidates" || reason.kind === "hidden subset";
  if (!isDirect || placements.length === 0) return "";
  const [{ cell, digit }] = placements;
  const unit = words.unitOfKind(cell, reason.unit);
  return `il ne reste qu’une place pour le ${digit} dans ${unit} : `;
}

function reasonOf(step: Step, reason: Reason, words: FrenchWords): string {
  switch (reason.kind) {
    case "last in unit":
    case "hidden single":
    case "naked single":
      return singleReason(step, reason, words);
    case "locked candidates": {
      const { digit, unit, crossing } = reason;
      return `${words.unit(unit)} n’a de place pour le ${digit} que là où passe ` +
        `${words.unit(crossing)}, en ${words.cells(step.cells)}. L’une de ces cases vaut ` +
        `${digit}, donc le reste ${words.ofUnit(crossing)} ne le contient pas.`;
    }
    case "naked subset":
      return `dans ${words.unit(reason.unit)}, ${words.cells(step.cells)} ne peuvent contenir ` +
        `que ${words.digits(reason.digits)}, autant de chiffres que de cases : ces chiffres y ` +
        "sont donc pris.";
    case "hidden subset":
      return `dans ${words.unit(reason.unit)}, ${words.digits(reason.digits)} n’ont de place ` +
        `qu’en ${words.cells(step.cells)}, autant de cases que de chiffres : ces cases ne ` +
        "contiennent donc rien d’autre.";
    case "fish":
      return `dans ${words.units(reason.base)}, le ${reason.digit} n’a de place que dans ` +
        `${words.units(reason.cover)}, autant d’un côté que de l’autre : il n’y a donc plus de ` +
        "place ailleurs dans celles-ci.";
    case "cycle":
    case "chain":
    case "contradiction":
    case "cases":
      return chainReason(reason, words);
    default:
      return frenchPatternReason(step, reason, words);
  }
}

type Single = Extract<Reason, { kind: "last in unit" | "hidden single" | "naked single" }>;

function singleReason(step: Step, reason: Single, words: FrenchWords): string {
  const [{ cell, digit }] = step.placements;
  switch (reason.kind) {
    case "last in unit":
      return `${words.unit(reason.unit)} n’a plus qu’une case vide, ${words.cell(cell)}, et il ` +
        `n’y manque que le ${digit}.`;
    case "hidden single":
      return `dans ${words.unit(reason.unit)}, le ${digit} n’a de place qu’en ${words.cell(cell)}.`;
    case "naked single":
      return `tous les chiffres sauf le ${digit} sont dans la ligne, la colonne ou le bloc de ` +
        `${words.cell(cell)}, ou rayés de ses notes.`;
  }
}
