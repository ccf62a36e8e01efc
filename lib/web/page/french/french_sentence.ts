/** Steps in French: a sentence, or a few, as lib/sudoku/words has them in English. */
import type { Reason, Step } from "../../../sudoku/mod.ts";
import { frenchChains } from "./french_chains.ts";
import { frenchPattern } from "./french_patterns.ts";
import { FrenchWords } from "./french_words.ts";

/** Returns what a step does and why. */
export function frenchSentence(step: Step): string {
  const words = new FrenchWords(step.size);
  const why = reasonOf(step, step.reason, words);
  const caution = step.presumesUniqueness
    ? " (C’est vrai parce que la grille n’a qu’une solution.)"
    : "";
  const text = `${why} Donc ${singleLeft(step, words)}${words.effect(step)}.${caution}`;
  return text[0].toUpperCase() + text.slice(1);
}

/** For a step that strikes candidates in mind only: where that leaves one place for a digit. */
function singleLeft({ placements, reason }: Step, words: FrenchWords): string {
  const isDirect = reason.kind === "locked candidates" || reason.kind === "hidden subset";
  if (!isDirect || placements.length === 0) return "";
  const [{ cell, digit }] = placements;
  const unit = words.unitOfKind(cell, reason.unit);
  return `il reste une place pour ${digit} dans ${unit} : `;
}

function reasonOf(step: Step, reason: Reason, words: FrenchWords): string {
  const single = step.placements[0];
  switch (reason.kind) {
    case "last in unit":
      return `${words.unit(reason.unit)} n’a qu’une case vide, ${words.cell(single.cell)}, et il ` +
        `n’y manque que ${single.digit}.`;
    case "hidden single":
      return `dans ${words.unit(reason.unit)}, ${single.digit} ne va qu’en ` +
        `${words.cell(single.cell)}.`;
    case "naked single":
      return `tous les chiffres sauf ${single.digit} sont dans la ligne, la colonne ou le bloc de ` +
        `${words.cell(single.cell)}, ou rayés de ses notes.`;
    case "locked candidates": {
      const { digit, unit, crossing } = reason;
      return `${words.unit(unit)} n’a de place pour ${digit} qu’à son croisement avec ` +
        `${words.unit(crossing)}, en ${
          words.cells(step.cells)
        }. L’une de ces cases est ${digit}, ` +
        `donc le reste de l’autre ne l’est pas.`;
    }
    case "naked subset":
      return `${words.cells(step.cells)}, dans ${words.unit(reason.unit)}, ne peuvent être que ` +
        `${words.digits(reason.digits)} : autant de chiffres que de cases, qui y sont donc pris.`;
    case "hidden subset":
      return `dans ${words.unit(reason.unit)}, ${words.digits(reason.digits)} ne vont qu’en ` +
        `${
          words.cells(step.cells)
        } : autant de cases que de chiffres, qui ne tiennent rien d’autre.`;
    case "fish":
      return `dans ${words.units(reason.base)}, ${reason.digit} ne va que dans ` +
        `${words.units(reason.cover)}. Celles-ci doivent l’y prendre, autant des unes que des ` +
        "autres, et n’ont pas de place pour lui ailleurs.";
    case "cycle":
    case "chain":
    case "contradiction":
    case "cases":
      return frenchChains(reason, words);
    default:
      return frenchPattern(step, reason, words);
  }
}
