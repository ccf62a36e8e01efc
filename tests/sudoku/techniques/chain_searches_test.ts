import { assert, assertEquals, assertGreater } from "@std/assert";
import type { Board } from "../../../lib/sudoku/board/board.ts";
import { rememberConsequences } from "../../../lib/sudoku/techniques/chains/all_cases.ts";
import { chainOfEntry } from "../../../lib/sudoku/techniques/chains/chain_links.ts";
import { claimOf } from "../../../lib/sudoku/techniques/chains/claims.ts";
import {
  type ConsequenceOptions,
  ConsequenceSearch,
} from "../../../lib/sudoku/techniques/chains/consequence_search.ts";
import {
  type Consequences,
  countClaims,
} from "../../../lib/sudoku/techniques/chains/consequences.ts";
import { type LinkKinds, Links } from "../../../lib/sudoku/techniques/chains/links.ts";
import { SingleChains } from "../../../lib/sudoku/techniques/chains/single_chains.ts";
import { assertFollows } from "../../support/chain_rules.ts";
import { Position } from "../../support/sudoku_definitions.ts";
import { randomBoard } from "../../support/sudoku_puzzles.ts";

const boards = ([4, 6] as const).flatMap((size) =>
  Array.from({ length: size === 4 ? 12 : 6 }, (_, seed) => randomBoard(size, seed))
);

/**
 * Returns the groups of candidates in which exactly one candidate is right. A group contains either
 * all candidates of one cell, or one digit's candidates in all cells of a unit.
 */
function groupsOf(board: Board, { inCells, inUnits }: LinkKinds): number[][] {
  const position = new Position(board);
  const { size } = position;
  const cells = position.cells.map((cell) =>
    position.candidates(cell).map((digit) => cell * size + digit - 1)
  );
  const units = position.all.flatMap((unit) =>
    position.digits.map((digit) =>
      position.places(unit, digit).map((cell) => cell * size + digit - 1)
    )
  );
  return [...inCells ? cells : [], ...inUnits ? units : []].filter(({ length }) => length > 0);
}

/** Returns the claim `assumed` and all claims that follow from it, directly or in several steps. */
function closureOf(groups: readonly number[][], assumed: number, isDynamic: boolean): Set<number> {
  const claims = new Set([assumed]);
  for (let before = 0; before < claims.size;) {
    before = claims.size;
    for (const group of groups) {
      for (const one of group) {
        const others = group.filter((other) => other !== one);
        if (claims.has(claimOf(one, true))) others.forEach((o) => claims.add(claimOf(o, false)));
        const off = others.filter((other) => claims.has(claimOf(other, false)));
        // Without removals, only a group of two candidates can force one of them.
        const enough = isDynamic || others.length === 1;
        if (enough && others.length > 0 && off.length === others.length) {
          claims.add(claimOf(one, true));
        }
      }
    }
  }
  return claims;
}

const searches: readonly [string, ConsequenceOptions][] = [
  ["of one digit, with removals", { isDynamic: true, inCells: false }],
  ["without removals", { isDynamic: false, inCells: true }],
  ["with removals", { isDynamic: true, inCells: true }],
];

for (const [name, options] of searches) {
  Deno.test(`the consequences of a claim are those that the rules force: ${name}`, () => {
    const counts = { whole: 0, broken: 0 };
    for (const board of boards) {
      const groups = groupsOf(board, { inCells: options.inCells, inUnits: true });
      const search = new ConsequenceSearch(board, options);
      for (const candidate of new Links(board).candidates) {
        for (const on of [true, false]) {
          const claim = claimOf(candidate, on);
          const found = search.from(claim);
          const closure = closureOf(groups, claim, options.isDynamic);
          const isBroken = [...closure].some((one) => closure.has(one ^ 1));
          assertEquals(found.contradiction !== undefined, isBroken);
          if (!isBroken) assertEquals(new Set(found.claims), closure);
          assertSound(board, found);
          counts[isBroken ? "broken" : "whole"]++;
        }
      }
    }
    assertGreater(counts.whole, 0);
    assertGreater(counts.broken, 0);
  });
}

function assertSound(board: Board, found: Consequences): void {
  const { claims, contradiction, atLeast } = found;
  assertEquals(new Set(claims).size, claims.length);
  // The search ends with the first claim whose opposite is known.
  const first = claims.findIndex((claim, entry) => claims.indexOf(claim ^ 1) > entry);
  if (first < 0) assertEquals(contradiction, undefined);
  else assertEquals([...contradiction!].sort((a, b) => a - b), [first, claims.length - 1]);
  // The last few are enough, since the earlier ones are among what these rest on.
  const last = [...claims.keys()].slice(-2);
  for (const entry of new Set([...last, ...contradiction ?? []])) {
    const chain = chainOfEntry(board, found, entry);
    assertFollows(board, chain);
    assertEquals(countClaims(found, entry), chain.length);
    assertEquals(countClaims(found, entry), chain.length, "counted again");
    assert(atLeast[entry] >= 1 && atLeast[entry] <= chain.length);
  }
  if (!contradiction) return;
  const [on, off] = contradiction.map((entry) => claims[entry]);
  assertEquals([on & 1, off], [1, on ^ 1]);
}

Deno.test("what follows from a claim is computed once", () => {
  const board = randomBoard(4, 0);
  const search = new ConsequenceSearch(board, { isDynamic: true, inCells: true });
  const asked: number[] = [];
  const follow = rememberConsequences((claim) => {
    asked.push(claim);
    return search.from(claim);
  });
  const [first, second] = new Links(board).candidates.map((one) => claimOf(one, true));
  const found = [first, second, first, second].map(follow);
  assertEquals(asked, [first, second]);
  assertEquals(found.map(({ claims }) => claims[0]), [first, second, first, second]);
});

Deno.test("a lower bound on a chain's length is its length where no claim has two causes", () => {
  for (const board of boards) {
    const search = new ConsequenceSearch(board, { isDynamic: false, inCells: true });
    for (const candidate of new Links(board).candidates.slice(0, 20)) {
      const found = search.from(claimOf(candidate, true));
      found.claims.forEach((_, entry) =>
        assertEquals(found.atLeast[entry], countClaims(found, entry))
      );
    }
  }
});

Deno.test("links lead to the others of a cell and of a digit in units, strong ones to the last", () => {
  for (const board of boards) {
    const links = new Links(board);
    const groups = { cell: groupsOf(board, onlyCells), unit: groupsOf(board, onlyUnits) };
    assertEquals(links.candidates, groups.cell.flat().sort((a, b) => a - b));
    for (const candidate of links.candidates) {
      const others = (of: readonly number[][], size: number) =>
        new Set(
          of.filter((group) => group.includes(candidate) && group.length <= size).flat()
            .filter((one) => one !== candidate),
        );
      for (const [list, size] of [[links.weak, 9], [links.strong, 2]] as const) {
        const { starts, unitStarts, ends, targets } = list;
        const [start, unitStart, end] = [starts, unitStarts, ends].map((at) => at[candidate]);
        assertEquals(new Set(targets.slice(start, unitStart)), others(groups.cell, size));
        assertEquals(new Set(targets.slice(unitStart, end)), others(groups.unit, size));
      }
    }
  }
});

const onlyCells = { inCells: true, inUnits: false };
const onlyUnits = { inCells: false, inUnits: true };
const both = { inCells: true, inUnits: true };

Deno.test("a forcing chain is the shortest way from a claim to its opposite", () => {
  let found = 0;
  for (const board of boards) {
    const links = new Links(board);
    const search = new SingleChains(board, links);
    for (const kinds of [onlyUnits, both]) {
      const groups = groupsOf(board, kinds);
      for (const start of links.candidates) {
        for (const startsOn of [true, false]) {
          const length = shortest(groups, start, startsOn);
          const path = search.forcingChain(start, startsOn, kinds, () => true);
          assertEquals(path?.candidates.length, length);
          if (!path) continue;
          found++;
          assertEquals([path.startsOn, path.candidates[0], path.candidates.at(-1)], [
            ...[startsOn, start, start],
          ]);
          path.candidates.slice(1).forEach((to, i) => {
            const from = path.candidates[i];
            const isWeak = (i % 2 === 0) === startsOn;
            assert(
              groups.some((group) =>
                group.includes(from) && group.includes(to) && (isWeak || group.length === 2)
              ),
            );
          });
          // A limit below the length ends the search early.
          const upTo = (most: number) =>
            search.forcingChain(start, startsOn, kinds, (claims) => claims <= most);
          assertEquals(upTo(length!)?.candidates, path.candidates);
          assertEquals(upTo(length! - 1), undefined);
        }
      }
    }
  }
  assertGreater(found, 0);
});

/** Returns the number of claims on the shortest way from a claim to its opposite. */
function shortest(
  groups: readonly number[][],
  start: number,
  startsOn: boolean,
): number | undefined {
  const first = claimOf(start, startsOn);
  let frontier = new Set([first]);
  const seen = new Set(frontier);
  for (let length = 2; frontier.size > 0; length++) {
    const next = new Set<number>();
    for (const claim of frontier) {
      const isOn = (claim & 1) === 1;
      for (const group of groups) {
        if (!group.includes(claim >> 1) || !isOn && group.length !== 2) continue;
        for (const to of group) if (to !== claim >> 1) next.add(claimOf(to, !isOn));
      }
    }
    if (next.has(first ^ 1)) return length;
    frontier = next.difference(seen);
    for (const claim of frontier) seen.add(claim);
  }
  return undefined;
}

Deno.test("a cycle alternates between weak and strong links, each claim once, and none is shorter", () => {
  let found = 0;
  for (const board of boards.filter(({ shape }) => shape.size === 4)) {
    const links = new Links(board);
    const search = new SingleChains(board, links);
    for (const kinds of [onlyUnits, onlyCells, both]) {
      const strong = groupsOf(board, kinds).filter(({ length }) => length === 2);
      // Chains of pairs have the same weak links between cells.
      const weak = groupsOf(board, { inUnits: true, inCells: kinds.inCells });
      let least = Infinity;
      for (const start of links.candidates) {
        search.cycles(start, kinds, () => true, ({ candidates: path, startsOn }) => {
          assertEquals([startsOn, path[0], path.length % 2], [true, start, 0]);
          assertEquals(new Set(path).size, path.length);
          path.forEach((from, i) => {
            const pair = [from, path[(i + 1) % path.length]];
            const groups = i % 2 === 0 ? weak : strong;
            assert(groups.some((group) => pair.every((one) => group.includes(one))));
          });
          least = Math.min(least, path.length);
          found++;
        });
      }
      if (least > 4) assertEquals(hasSquare(weak, strong), false);
    }
  }
  assertGreater(found, 0);
});

/** Returns whether four candidates form a cycle in which weak and strong links alternate. */
function hasSquare(
  weak: readonly number[][],
  strong: readonly number[][],
): boolean {
  const linked = (groups: readonly number[][], a: number, b: number) =>
    a !== b && groups.some((group) => group.includes(a) && group.includes(b));
  return strong.some(([b, c]) =>
    [[b, c], [c, b]].some(([from, to]) =>
      strong.some(([e, f]) =>
        [[e, f], [f, e]].some(([d, a]) =>
          new Set([from, to, d, a]).size === 4 && linked(weak, a, from) && linked(weak, to, d)
        )
      )
    )
  );
}
