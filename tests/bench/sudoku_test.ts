import {
  assert,
  assertEquals,
  assertGreater,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { disguise } from "../../lib/bench/sudoku/disguise.ts";
import { isReached } from "../../lib/bench/figure.ts";
import { collectFigures } from "../../lib/bench/sudoku/figures.ts";
import { makeList, readList } from "../../lib/bench/sudoku/lists.ts";
import { type Racer, raceSolvers } from "../../lib/bench/sudoku/race.ts";
import {
  ownRacer,
  packageName,
  packageRacer,
  packageVersion,
  programRacer,
} from "../../lib/bench/sudoku/racers.ts";
import { measureAgreement, readRated } from "../../lib/bench/sudoku/rating_measures.ts";
import { formatSudokuReport } from "../../lib/bench/sudoku/report.ts";
import { randomStream } from "../../lib/random.ts";
import { parseGrid } from "../../lib/sudoku/board/parse.ts";
import { OptionsError } from "../../lib/system/parse_options.ts";
import { fromFileUrl } from "../support/paths.ts";

const rated = fromFileUrl(
  new URL("../golden/sudoku/se_rated.txt", import.meta.url).href,
);

Deno.test("solvers take turns on the same puzzles in new disguises, and round 1 is not counted", async () => {
  const seen: (readonly Uint8Array[])[] = [];
  const racer = (name: string, seconds: number): Racer => ({
    name,
    solve(puzzles) {
      seen.push(puzzles);
      return seconds * seen.length;
    },
  });
  const list = await readList(rated, 4);
  const { timings, puzzles } = await raceSolvers(
    [racer("one", 1), racer("other", 2)],
    list,
    { rounds: 2, seed: 1 },
  );
  assertEquals(puzzles, 4);
  // The times of turns 3 and 5, and of turns 4 and 6, in milliseconds per puzzle.
  assertEquals(timings.map(({ rounds }) => rounds), [[750, 1250], [
    2000,
    3000,
  ]]);
  assertEquals(seen[0], seen[1]);
  const kind = Deno.build.os === "linux" ? "number" : "undefined";
  for (const { others } of timings) assertEquals(typeof others, kind);
  assert(seen[2].every((puzzle, i) => String(puzzle) !== String(seen[0][i])));
});

Deno.test("every solver in the benchmark solves the lists of generated puzzles", async () => {
  const { puzzles } = makeList("medium", 3);
  for (const racer of [ownRacer(), await packageRacer()]) {
    assertGreater(await racer.solve(puzzles), 0);
    const broken = new Uint8Array(81).fill(1, 0, 2);
    await assertRejects(
      async () => await racer.solve([broken]),
      Error,
      "wanted 1 puzzles solved, found 0",
    );
  }
  assertMatch(await packageVersion(), /^\d+\.\d+\.\d+$/);
});

Deno.test("an external solver receives a file of puzzles, and must print the seconds that it took", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const script = async (name: string, line: string) => {
      const path = `${folder}/${name}`;
      await Deno.writeTextFile(path, `#!/bin/sh\n${line}\n`, { mode: 0o755 });
      return programRacer("peer", path);
    };
    const { puzzles } = await readList(rated, 3);
    const counting = await script("counting", 'grep -c "^[.1-9]*$" "$1"');
    assertEquals(await counting.solve(puzzles), 3);
    for (
      const [racer, found] of [
        [await script("mute", "exit 1"), 'found ""'],
        [programRacer("peer", `${folder}/absent`), "wanted a program"],
      ] as const
    ) {
      await assertRejects(
        async () => await racer.solve(puzzles),
        OptionsError,
        found,
      );
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("readList takes evenly spaced lines of a file and names the list after it", async () => {
  const { name, puzzles } = await readList(rated, 4);
  const lines = (await Deno.readTextFile(rated)).trim().split("\n");
  assertEquals([name, puzzles.length], ["se_rated", 4]);
  assertEquals(
    puzzles[2],
    parseGrid(lines[Math.floor(lines.length / 2)].slice(0, 81)).values,
  );
  const readme = fromFileUrl(new URL("../../README.md", import.meta.url).href);
  for (const path of [readme, `${rated}.absent`]) {
    await assertRejects(() => readList(path, 4), OptionsError, path);
  }
});

Deno.test("agreement counts ratings within 0.2 and ratings of the same level", async () => {
  const [first] = await readRated(rated);
  const grid = first.grid;
  const about = measureAgreement([first]);
  assertEquals(about, { puzzles: 1, near: 1, sameLevel: 1 });
  const away = measureAgreement([first, { grid, listed: 11 }, {
    grid,
    listed: first.listed + 0.3,
  }]);
  assertEquals(away.near, 1 / 3);
  assertEquals(away.sameLevel, 2 / 3);
});

Deno.test("figures of known lists are compared with their goals, and the report names missed goals", () => {
  const timing = (name: string, median: number) => ({
    name,
    median,
    best: median,
    quartiles: [median, median] as const,
    rounds: [median],
  });
  const races = ["clue17", "mine"].map((list) => ({
    list,
    puzzles: 10,
    timings: [timing("sudogan", 0.5), timing(packageName, 5)],
  }));
  const figures = collectFigures({
    races,
    hostileMilliseconds: 100,
    ratedASecond: 199,
    agreement: { puzzles: 10, near: 0.9, sameLevel: 0.94 },
    generator: [{ level: "hard", puzzles: 9, median: 21, percentile95: 60 }],
  });
  assertEquals(figures.map(({ value }) => value), [
    10,
    10,
    100,
    199,
    90,
    94,
    21,
    60,
  ]);
  assertEquals(figures.map(isReached), [
    false,
    true,
    true,
    false,
    true,
    false,
    false,
    true,
  ]);
  const text = formatSudokuReport({
    suite: "Sudoku",
    date: "2026-11-23T00:00:00Z",
    sitting: { began: "2026-11-23T00:00:00Z", load: 0 },
    processor: "a processor",
    versions: { deno: "2" },
    races,
    generator: [],
    figures,
  });
  assertStringIncludes(text, "clue17           10       2,000    200");
  assertMatch(text, /^clue17: times .+ 10\.0 +at least 18 {2}missed$/m);
  assertMatch(text, /^mine: times .+ 10\.0$/m);
});

Deno.test("a disguised puzzle keeps its number of clues, and equal clues stay equal", () => {
  const values = makeList("easy", 1).puzzles[0];
  const counts = (each: Uint8Array) =>
    Array.from(
      { length: 10 },
      (_, digit) => each.filter((value) => value === digit).length,
    ).sort();
  for (let seed = 0; seed < 20; seed++) {
    const copy = disguise(values, randomStream(seed, "disguise"));
    assertEquals(counts(copy), counts(values));
  }
});
