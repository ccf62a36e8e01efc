/** Patterns of several cells in French: wings, strong links, unique loops and their kin. */
import type { Reason, Step } from "../../../sudoku/mod.ts";
import type { FrenchWords } from "./french_words.ts";

type Of<Kind extends Reason["kind"]> = Extract<Reason, { kind: Kind }>;

/** Reasons that are told here. */
export type FrenchPattern = Of<
  | "wing"
  | "strong links"
  | "almost locked set"
  | "unique loop"
  | "bivalue universal grave"
  | "aligned exclusion"
>;

/** Returns why a pattern lets its step follow. */
export function frenchPattern(step: Step, reason: FrenchPattern, words: FrenchWords): string {
  switch (reason.kind) {
    case "wing": {
      const { pivot, pincers, digit } = reason;
      const places = step.technique === "XYZ-wing" ? [pivot, ...pincers] : pincers;
      return `quoi que tienne ${words.cell(pivot)}, ${digit} est en ${
        words.cells(places, "ou")
      } : ` +
        "une case qui les voit toutes ne peut pas l’être.";
    }
    case "strong links":
      return strongLinks(reason, words);
    case "almost locked set":
      return almostLocked(reason, words);
    case "unique loop":
      return uniqueLoop(step, reason, words);
    case "bivalue universal grave":
      return grave(reason, words);
    case "aligned exclusion":
      return `parmi les façons de remplir ${
        words.cells(step.cells)
      }, celles qui répètent un chiffre ` +
        `dans une unité ou ne laissent rien à ${
          words.cells(reason.excluders, "ou")
        } sont exclues, ` +
        "et aucune des autres n’emploie ce qui est rayé ici.";
  }
}

function strongLinks({ digit, links, isRing }: Of<"strong links">, words: FrenchWords): string {
  const each = links.map(({ unit, ends: [first, second] }) =>
    `${words.unit(unit)} a son ${digit} en ${words.cells(first, "ou")}, sinon en ` +
    `${words.cells(second, "ou")}`
  ).join(" ; ");
  const start = words.cells(links[0].ends[0], "ou");
  const end = words.cells(links[links.length - 1].ends[1], "ou");
  const ring = isRing
    ? " Les liens se ferment en anneau : il en va de même pour tous les bouts voisins."
    : "";
  return `${each}. Les bouts voisins partagent une unité et ne sont pas tous deux ${digit} : au ` +
    `moins un bout extérieur l’est, ${start} ou ${end}.${ring}`;
}

function almostLocked(
  { set, digits, partner, linked }: Of<"almost locked set">,
  words: FrenchWords,
): string {
  const cell = words.cell(partner);
  const start = `${words.cells(set)} tiennent tous les chiffres ${words.digits(digits)} sauf un`;
  if (linked.length === 2) {
    return `${start}, et ${cell} prend ${
      words.digits(linked, "ou")
    }, qui leur manque alors. Chacun ` +
      "est donc dans l’une de ces cases, et ce qui en voit toutes les places ne peut pas l’être.";
  }
  return `${start}. Si ${cell} est ${
    linked[0]
  }, il leur manque et elles tiennent l’autre chiffre ` +
    `de ${cell} ; sinon, ${cell} le tient lui-même.`;
}

function uniqueLoop(
  step: Step,
  { type, digits, extra, helpers, helperDigits }: Of<"unique loop">,
  words: FrenchWords,
): string {
  const start = `si ${words.cells(step.cells)} ne tenaient que ${words.digits(digits)}, les deux ` +
    "pourraient s’échanger et la grille aurait deux solutions.";
  const cells = words.cells(extra);
  switch (type) {
    case 1:
      return `${start} Seule ${cells} peut être autre chose, donc elle l’est.`;
    case 2:
      return `${start} L’une de ${cells} tient donc l’autre chiffre qu’elles partagent.`;
    case 3:
      return `${start} ${cells} tiennent donc un autre chiffre à elles deux, et avec ` +
        `${words.cells(helpers)} elles emploient ${words.digits(helperDigits)}.`;
    case 4:
      return `${start} Dans ${words.units(step.units)}, ${helperDigits[0]} ne va qu’en ${cells}, ` +
        "donc aucune n’est l’autre des deux chiffres.";
  }
}

function grave(
  { type, extra, helpers, helperDigits }: Of<"bivalue universal grave">,
  words: FrenchWords,
): string {
  const list = extra.map((candidate) => words.candidate(candidate)).join(", ");
  const start =
    `sans ${list}, chaque case vide aurait deux candidats et chaque chiffre deux places ` +
    "dans chaque unité, ce qui n’arrive pas dans une grille à une seule solution.";
  switch (type) {
    case 1:
      return `${start} C’est donc ce que tient la case.`;
    case 2:
      return `${start} L’un d’eux est donc juste.`;
    case 3:
      return `${start} L’un d’eux est donc juste, et avec ${
        words.cells(helpers)
      } elles emploient ` +
        `${words.digits(helperDigits)}.`;
    case 4:
      return `${start} L’un d’eux est donc juste, et ${helperDigits[0]} est dans l’autre case.`;
  }
}
