/** Chains in French. */
import type { Chain, ChainLink, Reason } from "../../../sudoku/mod.ts";
import type { FrenchWords } from "./french_words.ts";

type ChainReason = Extract<Reason, { kind: "cycle" | "chain" | "contradiction" | "cases" }>;

/** Says what the chains of a step show. */
export function frenchChains(reason: ChainReason, words: FrenchWords): string {
  const told = reason.chains.map((chain) => tell(chain, words));
  switch (reason.kind) {
    case "cycle":
      return `${
        told[0]
      }, et ainsi de suite en rond ; à rebours, c’est vrai aussi. De deux voisins ` +
        "de l’anneau, l’un est donc juste, et ce qui voit le même chiffre dans les deux s’en va.";
    case "chain":
      return `${told[0]}. L’hypothèse mène à son contraire, donc elle est fausse.`;
    case "contradiction":
      return `${told.join(" ; mais aussi : ")}. Les deux ne vont pas ensemble, donc l’hypothèse ` +
        "est fausse.";
    case "cases":
      return `${casesOf(reason, words)} ${told.join(" ; ")}. Tout revient au même.`;
  }
}

function casesOf({ over }: Extract<ChainReason, { kind: "cases" }>, words: FrenchWords): string {
  if ("unit" in over) return `${over.digit} est quelque part dans ${words.unit(over.unit)}.`;
  if ("digit" in over) return `${words.cell(over.cell)} est ${over.digit} ou ne l’est pas.`;
  return `${words.cell(over.cell)} tient l’un de ses candidats.`;
}

function tell(chain: Chain, words: FrenchWords): string {
  const [assumption, ...rest] = chain;
  const first = `si ${claim(assumption, words)}`;
  if (rest.length === 0) return `${first}, c’est déjà cela`;
  const links = rest.map((link) => `${claim(link, words)}${placeOf(link, words)}`);
  return `${first}, alors ${links.join(", ")}`;
}

function claim({ cell, digit, on }: ChainLink, words: FrenchWords): string {
  return `${words.cell(cell)} ${on ? "est" : "n’est pas"} ${digit}`;
}

function placeOf({ via }: ChainLink, words: FrenchWords): string {
  if (via === "assumption") return "";
  if (via === "cell") return " (même case)";
  return "unit" in via ? ` (${words.unit(via.unit)})` : ` (${via.technique})`;
}
