import type { Chain, ChainLink, Reason } from "../techniques/step_reason.ts";
import type { BoardWords } from "./board_words.ts";

type ChainReason = Extract<
  Reason,
  { kind: "cycle" | "chain" | "contradiction" | "cases" }
>;

/** Returns sentences that explain why a step follows from its chains. */
export function sentenceOfChains(
  reason: ChainReason,
  words: BoardWords,
): string {
  const told = reason.chains.map((chain) => tell(chain, words));
  switch (reason.kind) {
    case "cycle":
      return `${told[0]}, and so on around the ring; read backwards it holds too. So of any two ` +
        "neighbours in the ring one is true, and what sees the same digit in both can go.";
    case "chain":
      return `${told[0]}. The assumption leads to its opposite, so it is wrong.`;
    case "contradiction":
      return `${told.join("; but also: ")}. Both cannot be, so the assumption is wrong.`;
    case "cases":
      return `${casesOf(reason, words)} ${capitalize(told.join("; "))}. Each case leads to the ` +
        "same result.";
  }
}

function casesOf(
  { over }: Extract<ChainReason, { kind: "cases" }>,
  words: BoardWords,
): string {
  if ("unit" in over) {
    return `${over.digit} is somewhere in ${words.unit(over.unit)}.`;
  }
  if ("digit" in over) {
    return `${words.cell(over.cell)} is ${over.digit} or it is not.`;
  }
  return `${words.cell(over.cell)} holds one of its candidates.`;
}

function capitalize(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}

/** Describes a chain, as in "if r1c1 is 3, then r1c2 is not 3 (row 1), …". */
function tell(chain: Chain, words: BoardWords): string {
  const [assumption, ...rest] = chain;
  const first = `if ${claim(assumption, words)}`;
  if (rest.length === 0) return `${first}, that is it already`;
  return `${first}, then ` +
    `${rest.map((link) => `${claim(link, words)}${placeOf(link, words)}`).join(", ")}`;
}

function claim({ cell, digit, on }: ChainLink, words: BoardWords): string {
  return `${words.cell(cell)} is ${on ? "" : "not "}${digit}`;
}

function placeOf({ via }: ChainLink, words: BoardWords): string {
  if (via === "assumption") return "";
  if (via === "cell") return " (same cell)";
  return "unit" in via ? ` (${words.unit(via.unit)})` : ` (${via.technique})`;
}
