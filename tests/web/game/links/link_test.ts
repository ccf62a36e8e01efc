import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { GameError } from "../../../../lib/web/game/game_error.ts";
import { isLink, linkToGame, linkToPuzzle, openLink } from "../../../../lib/web/game/links/link.ts";
import type { Game } from "../../../../lib/web/game/play/game.ts";
import { cellLists } from "../../../../lib/web/game/play/position.ts";
import { elapsed } from "../../../../lib/web/game/play/timer.ts";
import { openGame, storeGame } from "../../../../lib/web/game/saves/stored_game.ts";
import { after, anyGame, gameOn, play, puzzles, solveAll, start } from "../games.ts";
import { assertValid } from "../valid_game.ts";

const HOSTILE = 10_000;

Deno.test("a link to a puzzle opens it", () => {
  for (const puzzle of Object.values(puzzles)) {
    const link = linkToPuzzle(puzzle);
    const game = openLink(`#${link}`, "new", after(5));
    assertEquals(game.puzzle, { ...puzzle, origin: { kind: "shared" } });
    assertEquals(game.position, gameOn(puzzle.size).position);
    assertEquals([game.id, game.timer], ["new", { before: 0, since: after(5).time }]);
  }
});

Deno.test("a link to a game opens its board, time and hints", () => {
  fc.assert(
    fc.property(anyGame, fc.nat({ max: 100_000 }), (game, seconds) => {
      const link = linkToGame(game, after(seconds));
      assert(/^[A-Za-z0-9_-]+$/.test(link));
      const opened = openLink(link, "new", start);
      for (const name of cellLists) assertEquals(opened.position[name], game.position[name], name);
      assertEquals(opened.position.autoNotes, game.position.autoNotes);
      assertEquals(opened.hintsTaken, game.hintsTaken);
      const time = elapsed(game.timer, after(seconds).time);
      assertEquals(opened.timer.before, Math.floor(time / 1000) * 1000);
      assertEquals(linkToGame(opened, start), link);
      assertValid(opened);
      openGame(storeGame(opened, start));
    }),
    { numRuns: 300 },
  );
});

Deno.test("the link of a finished game opens a finished game", () => {
  const opened = openLink(linkToGame(solveAll(gameOn(6)), after(100)), "new", start);
  assertEquals([opened.finishedOn, opened.timer.since], [start.date, null]);
});

Deno.test("a time or a count that is too large is reduced to the maximum", () => {
  const game: Game = {
    ...gameOn(4),
    timer: { before: 1e12, since: null },
    hintsTaken: 5000,
  };
  const opened = openLink(linkToGame(game, start), "new", start);
  assertEquals([opened.timer.before, opened.hintsTaken], [(2 ** 24 - 1) * 1000, 1023]);
});

Deno.test("links are short", () => {
  assert(linkToPuzzle(puzzles[9]).length < 45);
  const full = play(
    gameOn(9),
    { type: "autoNotes", on: true },
    { type: "autoNotes", on: false },
    { type: "select", cells: Array.from({ length: 81 }, (_, cell) => cell), how: "replace" },
    { type: "enter", as: "corner", digit: 5 },
    { type: "enter", as: "colour", digit: 9 },
  );
  assert(linkToGame(full, after(5)).length < 450);
});

Deno.test("a link is either complete or refused with a reason", () => {
  const puzzle = linkToPuzzle(puzzles[4]);
  const game = linkToGame(play(gameOn(4), { type: "countHint" }), after(5));
  const cases: [name: string, link: string, code: string][] = [
    ["nothing", "", "not a link"],
    ["another fragment", "#settings", "not a link"],
    ["a later version", puzzle.replace("p1", "p2"), "newer link"],
    ["cut", puzzle.slice(0, -1), "not a link"],
    ["longer", `${puzzle}A`, "not a link"],
    ["a letter of another alphabet", puzzle.replace("p1", "p1é"), "not a link"],
    ["spaces", `${puzzle} `, "not a link"],
    ["a puzzle's letters as a game's", puzzle.replace("p1", "g1"), "not a link"],
    ["a game's letters as a puzzle's", game.replace("g1", "p1"), "not a link"],
    ["very long", `p1${"A".repeat(1_000_000)}`, "not a link"],
    ["markup", "p1<img src=x onerror=alert(1)>", "not a link"],
  ];
  for (const [name, link, code] of cases) {
    const error = assertThrows(() => openLink(link, "new", start), GameError, undefined, name);
    assertEquals(error.code, code, name);
  }
});

Deno.test("a typo in a puzzle's link is reported as a typo rather than as a bad puzzle", () => {
  const link = linkToPuzzle(puzzles[9]);
  const codes = Array.from({ length: link.length - 2 }, (_, at) => {
    const letter = link[at + 2] === "A" ? "B" : "A";
    const slip = link.slice(0, at + 2) + letter + link.slice(at + 3);
    return assertThrows(() => openLink(slip, "new", start), GameError).code;
  });
  assertEquals(new Set(codes), new Set(["not a link"]));
});

Deno.test("one wrong letter is nearly always detected, and never makes an invalid game", () => {
  const link = linkToGame(play(gameOn(4), { type: "fillNotes" }), after(5));
  let opened = 0;
  for (let at = 0; at < link.length; at++) {
    for (const letter of "AZaz09-_") {
      const other = link.slice(0, at) + letter + link.slice(at + 1);
      const game = openOrRefuse(other);
      if (other === link || game === undefined) continue;
      opened++;
      assertValid(game);
    }
  }
  assert(opened < link.length * 8 / 200, `${opened} opened`);
});

Deno.test("hostile links are refused, or open games that could have been played", () => {
  const outcomes = { opened: 0, refused: 0 };
  fc.assert(
    fc.property(anyLink, (link) => {
      const game = openOrRefuse(link);
      outcomes[game ? "opened" : "refused"]++;
      if (game === undefined) return;
      assertValid(game);
      openGame(storeGame(play(game, { type: "undo" }, { type: "erase", cells: [0] }), after(1)));
      const again = link[0] === "p" ? linkToPuzzle(game.puzzle) : linkToGame(game, start);
      assertEquals(again, link);
    }),
    { numRuns: HOSTILE },
  );
  assert(outcomes.opened > HOSTILE / 100 && outcomes.refused > HOSTILE / 10, `${outcomes.opened}`);
});

Deno.test("other fragments are distinguished from links", () => {
  for (const fragment of ["", "#", "#play", "#page1", "#p", "q1AA"]) {
    assertEquals(isLink(fragment), false, fragment);
  }
  assert(isLink(linkToPuzzle(puzzles[4])) && isLink(`#${linkToGame(gameOn(4), start)}`));
});

function openOrRefuse(link: string): Game | undefined {
  try {
    return openLink(link, "new", start);
  } catch (error) {
    if (error instanceof GameError) return undefined;
    throw error;
  }
}

/**
 * Generates two types of links: links made of random letters, and valid links in which up to two
 * letters are changed. Most of these links end in valid check letters.
 */
const anyLink: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(fc.constantFrom("p1", "g1"), fc.base64String({ maxLength: 80 }), fc.boolean())
    .map(([kind, letters, isSealed]) => isSealed ? sealed(kind + letters) : kind + letters),
  fc.tuple(
    fc.constantFrom(
      ...Object.values(puzzles).flatMap((puzzle) => [
        linkToPuzzle(puzzle),
        linkToGame(play(gameOn(puzzle.size), { type: "fillNotes" }), after(5)),
        linkToGame(solveAll(gameOn(puzzle.size)), after(5)),
      ]),
    ),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(..."ABEQgw_-09az")), { maxLength: 2 }),
    fc.boolean(),
  ).map(([link, changes, isSealed]) => {
    const letters = [...link.slice(0, -2)];
    for (const [at, letter] of changes) letters[2 + at % (letters.length - 2)] = letter;
    return isSealed ? sealed(letters.join("")) : letters.join("") + link.slice(-2);
  }),
);

/** Appends valid check letters to a string. An attacker can compute these letters too. */
function sealed(text: string): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  let hash = 0x811c9dc5;
  for (const sign of text) hash = Math.imul(hash ^ sign.charCodeAt(0), 0x01000193);
  const bits = (hash ^ hash >>> 12 ^ hash >>> 24) & 0xfff;
  return text + letters[bits >> 6] + letters[bits & 63];
}
