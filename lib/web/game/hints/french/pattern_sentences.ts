/** Describes wings, strong links, unique loops and other patterns in French. */
import type { Reason, Step } from "../../../../sudoku/mod.ts";
import type { FrenchWords } from "./board_words.ts";

type Of<Kind extends Reason["kind"]> = Extract<Reason, { kind: Kind }>;

/** The reasons that this file can describe. */
export type FrenchPattern = Of<
  | "wing"
  | "strong links"
  | "almost locked set"
  | "unique loop"
  | "bivalue universal grave"
  | "aligned exclusion"
>;

/** Explains why a step follows from its pattern. */
export function frenchPatternReason(step: Step, reason: FrenchPattern, words: FrenchWords): string {
  switch (reason.kind) {
    case "wing": {
      // In an XYZ-wing, the pivot can contain the digit too.
      const { pivot, pincers } = reason;
      const places = step.technique === "XYZ-wing" ? [pivot, ...pincers] : pincers;
      return `quel que soit le contenu de ${words.cell(pivot)}, le ${reason.digit} est en ` +
        `${words.cells(places, "ou")}. Une case qui voit toutes celles-là ne peut donc pas le ` +
        "contenir.";
    }
    case "strong links":
      return strongLinkReason(reason, words);
    case "almost locked set":
      return almostLockedReason(reason, words);
    case "unique loop":
      return uniqueLoopReason(step, reason, words);
    case "bivalue universal grave":
      return graveReason(reason, words);
    case "aligned exclusion":
      return `parmi les façons de remplir ${words.cells(step.cells)}, celles qui répètent un ` +
        "chiffre dans une ligne, une colonne ou un bloc, ou ne laissent rien à " +
        `${words.cells(reason.excluders, "ou")}, sont exclues, et aucune des autres n’emploie ` +
        "ce qui est rayé ici.";
  }
}

function strongLinkReason(
  { digit, links, isRing }: Of<"strong links">,
  words: FrenchWords,
): string {
  const each = links.map(({ unit, ends: [first, second] }) =>
    `${words.unit(unit)} a son ${digit} en ${words.cells(first, "ou")} ou bien en ` +
    words.cells(second, "ou")
  ).join(" ; ");
  const [start, end] = [links[0].ends[0], links[links.length - 1].ends[1]];
  const ring = isRing
    ? " Les liens se ferment en boucle : il en va de même de tous les bouts voisins."
    : "";
  return `${each}. Deux bouts voisins se voient, donc ils ne valent pas ${digit} tous les deux, ` +
    `et l’un au moins des bouts extérieurs, ${words.cells(start, "ou")} ou ` +
    `${words.cells(end, "ou")}, vaut ${digit}.${ring}`;
}

function almostLockedReason(
  { set, digits, partner, linked }: Of<"almost locked set">,
  words: FrenchWords,
): string {
  const start = `${words.cells(set)} contiennent tous les chiffres ${words.digits(digits)} sauf un`;
  const cell = words.cell(partner);
  if (linked.length === 2) {
    return `${start}, et ${cell} prend ${words.digits(linked, "ou")}, qui leur manque alors. ` +
      "Chacun de ces deux chiffres est donc dans l’une de ces cases, et une case qui voit " +
      "toutes les places qu’il y a ne peut pas le contenir.";
  }
  return `${start}. Si ${cell} vaut ${linked[0]}, il leur manque, et elles contiennent l’autre ` +
    `chiffre de ${cell} ; sinon, ${cell} le contient elle-même.`;
}

function uniqueLoopReason(
  step: Step,
  { type, digits: [a, b], extra, helpers, helperDigits }: Of<"unique loop">,
  words: FrenchWords,
): string {
  const start = `si ${words.cells(step.cells)} ne contenaient que ${a} et ${b}, on pourrait les ` +
    "échanger, et la grille aurait deux solutions.";
  const cells = words.cells(extra);
  switch (type) {
    case 1:
      return `${start} Seule ${cells} peut contenir autre chose, donc elle le fait.`;
    case 2:
      return `${start} L’une des cases ${cells} contient donc leur autre chiffre commun.`;
    case 3:
      return `${start} ${cells} contiennent donc un autre chiffre, et avec ` +
        `${words.cells(helpers)} elles épuisent ${words.digits(helperDigits)}.`;
    case 4:
      return `${start} Dans ${words.units(step.units)}, le ${helperDigits[0]} n’a de place ` +
        `qu’en ${cells}, donc aucune des deux ne contient l’autre chiffre.`;
  }
}

function graveReason(
  { type, extra, helpers, helperDigits }: Of<"bivalue universal grave">,
  words: FrenchWords,
): string {
  const candidates = extra.map((candidate) => words.candidate(candidate)).join(", ");
  const start = `sans ${candidates}, chaque case vide aurait deux candidats et chaque chiffre ` +
    "deux places dans chaque ligne, colonne et bloc, ce qui n’arrive dans aucune grille à " +
    "solution unique.";
  switch (type) {
    case 1:
      return `${start} C’est donc ce que contient la case.`;
    case 2:
      return `${start} L’un d’eux est donc juste.`;
    case 3:
      return `${start} L’un d’eux est donc juste, et avec ${words.cells(helpers)} ces cases ` +
        `épuisent ${words.digits(helperDigits)}.`;
    case 4:
      return `${start} L’un d’eux est donc juste, et le ${helperDigits[0]} est dans l’autre case.`;
  }
}
