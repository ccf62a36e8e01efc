/**
 * Checks chains of claims against the definition of a chain, without using the search code in lib/.
 */
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { Board } from "../../lib/sudoku/board/board.ts";
import type { Chain, ChainLink } from "../../lib/sudoku/techniques/step_reason.ts";
import type { Step } from "../../lib/sudoku/techniques/step.ts";
import { Position } from "./sudoku_definitions.ts";

/**
 * Asserts that every claim in a chain, except the assumption at the start, follows from earlier
 * claims, and that every claim is needed to derive the last one.
 */
export function assertFollows(board: Board, chain: Chain): void {
  const position = new Position(board);
  const needed = new Set([chain.length - 1]);
  for (let at = chain.length - 1; at >= 0; at--) {
    const link = chain[at];
    assert(position.has(link.cell, link.digit), "a claim about a candidate");
    assert(needed.has(at), "a claim that nothing follows from");
    assertEquals(link.via === "assumption", at === 0);
    assertEquals(link.because.length === 0, at === 0);
    for (const cause of link.because) {
      assert(cause < at, "a cause comes first");
      needed.add(cause);
    }
    if (at > 0) assertForced(position, link, link.because.map((cause) => chain[cause]));
  }
}

function assertForced(position: Position, link: ChainLink, causes: readonly ChainLink[]): void {
  const { via, cell, digit, on } = link;
  assert(via === "cell" || typeof via === "object" && "unit" in via);
  const unit = via === "cell" ? undefined : via.unit;
  // Exactly one candidate of a cell is right. In a unit, exactly one place of a digit is right.
  const group = unit === undefined
    ? position.candidates(cell).map((one) => `${cell}:${one}`)
    : position.places(unit, digit).map((one) => `${one}:${digit}`);
  const rest = group.filter((one) => one !== `${cell}:${digit}`);
  assertEquals(rest.length, group.length - 1, "the claim is one of the group");
  const named = causes.map((cause) => `${cause.cell}:${cause.digit}`);
  assert(causes.every((cause) => cause.on === !on), "the causes are of the other kind");
  if (on) assertEquals(named.sort(), rest.sort(), "all others are off");
  else assert(named.length === 1 && rest.includes(named[0]), "one other is on");
}

/**
 * Asserts that a step's chains lead to its conclusion, and that its rating matches the length of
 * the chains.
 */
export function assertConclusion(board: Board, step: Step, base: number): void {
  const { reason, placements, removals } = step;
  assert("chains" in reason);
  const { chains } = reason;
  for (const chain of chains) assertFollows(board, chain);
  const starts = chains.map(([first]) => first);
  const ends = chains.map((chain) => chain.at(-1)!);
  const wrong = reason.kind === "cases" ? undefined : starts[0];
  if (reason.kind === "chain" || reason.kind === "contradiction") {
    assertEquals(starts.map(claimOf), starts.map(() => claimOf(wrong!)));
  }
  if (reason.kind === "chain") assertEquals(claimOf(ends[0]), opposite(wrong!));
  if (reason.kind === "contradiction") {
    assertEquals(chains.length, 2);
    assertEquals([ends[0].on, claimOf(ends[0])], [true, opposite(ends[1])]);
  }
  if (reason.kind === "cases") {
    assertEquals(starts.map(claimOf).sort(), casesOf(board, reason.over).sort());
    assertEquals(new Set(ends.map(claimOf)).size, 1);
  }
  if (reason.kind !== "cycle") {
    const isRight = wrong ? !wrong.on : ends[0].on;
    const { cell, digit } = wrong ?? ends[0];
    assertEquals(placements, isRight ? [{ cell, digit }] : []);
    assertEquals(removals, isRight ? [] : [{ cell, digit }]);
  }
  const count = chains.reduce((sum, { length }) => sum + length, 0);
  assertAlmostEquals(step.rating, (base + surcharge(count)) / 10, 1e-9);
  const cells = new Set(chains.flat().map(({ cell }) => cell));
  assertEquals([...step.cells].sort(), [...cells].sort());
  assertEquals([step.presumesUniqueness, step.size], [false, board.shape.size]);
  const isOfUnit = reason.kind === "cases" && "unit" in reason.over;
  assertEquals(step.units, isOfUnit ? [(reason.over as { unit: number }).unit] : []);
}

/**
 * Returns the tenths for the length: one for each limit that the claims between the ends exceed.
 */
export function surcharge(claims: number): number {
  const limits = [4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384];
  return limits.filter((limit) => claims - 2 > limit).length;
}

function casesOf(
  board: Board,
  over: { cell?: number; unit?: number; digit?: number },
): string[] {
  const position = new Position(board);
  const { cell, unit, digit } = over;
  if (unit !== undefined) return position.places(unit, digit!).map((one) => `${one}=${digit}`);
  if (digit !== undefined) return [`${cell}=${digit}`, `${cell}≠${digit}`];
  return position.candidates(cell!).map((one) => `${cell}=${one}`);
}

function claimOf({ cell, digit, on }: ChainLink): string {
  return `${cell}${on ? "=" : "≠"}${digit}`;
}

function opposite({ cell, digit, on }: ChainLink): string {
  return `${cell}${on ? "≠" : "="}${digit}`;
}
