import type { Chain, ChainLink, Reason } from "../../../../sudoku/mod.ts";
import type { FrenchWords } from "./board_words.ts";
import { frenchName } from "./technique_names.ts";

/** The reasons that contain chains. */
export type ChainReason = Extract<Reason, { chains: readonly Chain[] }>;

/** Describes the chains of a step and the conclusion that follows from them. */
export function chainReason(reason: ChainReason, words: FrenchWords): string {
  const told = reason.chains.map((chain) => tell(chain, words));
  switch (reason.kind) {
    case "cycle":
      return `${told[0]}, et le tour est bouclé ; cela vaut aussi dans l’autre sens. De deux ` +
        "voisins dans la boucle, l’un est donc juste, et un candidat qui voit le même chiffre " +
        "dans les deux est exclu.";
    case "chain":
      return `${told[0]}. L’hypothèse mène à son contraire : elle est fausse.`;
    case "contradiction":
      return `${told.join(" ; mais aussi : ")}. Les deux se contredisent : l’hypothèse est fausse.`;
    case "cases":
      return `${casesOf(reason, words)} S${told.join(" ; ").slice(1)}. Tous les cas mènent au ` +
        "même résultat.";
  }
}

function casesOf({ over }: Extract<ChainReason, { kind: "cases" }>, words: FrenchWords): string {
  if ("unit" in over) return `le ${over.digit} est quelque part dans ${words.unit(over.unit)}.`;
  if ("digit" in over) return `${words.cell(over.cell)} vaut ${over.digit}, ou non.`;
  return `${words.cell(over.cell)} contient l’un de ses candidats.`;
}

/** Describes a chain, as in "si L1C1 vaut 3, alors L1C2 ne vaut pas 3 (ligne 1), …". */
function tell(chain: Chain, words: FrenchWords): string {
  const [assumption, ...rest] = chain;
  const first = `si ${claim(assumption, words)}`;
  if (rest.length === 0) return `${first}, c’est déjà dit`;
  return `${first}, alors ` +
    rest.map((link) => `${claim(link, words)}${placeOf(link, words)}`).join(", ");
}

function claim({ cell, digit, on }: ChainLink, words: FrenchWords): string {
  return `${words.cell(cell)} ${on ? "vaut" : "ne vaut pas"} ${digit}`;
}

function placeOf({ via }: ChainLink, words: FrenchWords): string {
  if (via === "assumption") return "";
  if (via === "cell") return " (même case)";
  return "unit" in via ? ` (${words.bare(via.unit)})` : ` (${frenchName(via.technique)})`;
}
