import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { benchChart } from "../../lib/bench/bench_chart.ts";
import { type BenchReport, formatBenchReport, measureGoals } from "../../lib/bench/bench_report.ts";
import { type Contender, timeFunction } from "../../lib/bench/contender.ts";
import {
  compareTimings,
  MOST_STEPS_PER_TURN,
  summarize,
  timeInRounds,
} from "../../lib/bench/rounds.ts";
import { renderChart } from "../../lib/display/charts.ts";

Deno.test("contenders take turns after a warm-up that is not counted", async () => {
  const turns: string[] = [];
  const contender = (name: string, milliseconds: number): Contender => ({
    name,
    time(steps) {
      turns.push(`${name}${steps}`);
      return Promise.resolve(Array(steps).fill(milliseconds));
    },
    dispose() {},
  });
  const told: string[] = [];
  const timings = await timeInRounds([contender("a", 2), contender("b", 4)], {
    rounds: 2,
    steps: 3,
    warmUp: 7,
    onTurn: (done, of) => told.push(`${done}/${of}`),
    settle: () => Promise.resolve(void told.push("settled")),
    readLoad: () => turns.length / 10,
  });
  assertEquals(turns, ["a7", "b7", "a3", "b3", "a3", "b3"]);
  assertEquals(told, ["settled", "1/4", "2/4", "3/4", "4/4"]);
  assertEquals(timings.map(({ median, rounds }) => [median, rounds]), [
    [2, [2, 2]],
    [4, [4, 4]],
  ]);
  // In this test, the load rises with each turn. The report contains the higher of the loads at
  // each contender's two turns.
  assertEquals(timings.map(({ load }) => load), [0.4, 0.5]);
});

Deno.test("the work of other programs is averaged over a contender's turns", async () => {
  // Turns of one second, in which others use 0.5 and 0.25 seconds.
  const readings = [[0, 7], [1, 7.5], [5, 9], [6, 9.25]].map(([at, busy]) => ({ at, busy }));
  const contender = timeFunction("a", () => {});
  const pace = { rounds: 2, steps: 1, warmUp: 1 };
  const [timing] = await timeInRounds([contender], {
    ...pace,
    readOthers: () => readings.shift()!,
  });
  assertEquals(timing.others, 0.375);
  const [unknown] = await timeInRounds([contender], { ...pace, readOthers: () => undefined });
  assertEquals("others" in unknown, false);
});

Deno.test("a quick contender takes more steps in a turn, up to a limit", async () => {
  const turns: string[] = [];
  const contender = (name: string, milliseconds: number): Contender => ({
    name,
    time(steps) {
      const isFirst = !turns.some((turn) => turn.startsWith(name));
      turns.push(`${name}${steps}`);
      return Promise.resolve(Array(steps).fill(isFirst ? 1000 : milliseconds));
    },
    dispose() {},
  });
  const contenders = [contender("slow", 40), contender("quick", 2), contender("tiny", 0.01)];
  const pace = { rounds: 1, steps: 20, leastMilliseconds: 250, warmUp: 5 };
  await timeInRounds(contenders, pace);
  assertEquals(turns.slice(6), ["slow20", "quick125", `tiny${MOST_STEPS_PER_TURN}`]);
});

Deno.test("a function is timed once per step", async () => {
  let calls = 0;
  const contender = timeFunction("f", () => void calls++);
  assertEquals((await contender.time(5)).length, 5);
  assertEquals(calls, 5);
});

Deno.test("median, best and quartiles cover all steps, and ratios are taken per round", () => {
  const a = summarize("a", [[1, 2, 3], [4, 5, 6, 7]]);
  assertEquals([a.median, a.best, a.quartiles], [4, 1, [2.5, 5.5]]);
  assertEquals(a.rounds, [2, 5.5]);
  const b = summarize("b", [[4], [5.5]]);
  assertEquals(compareTimings(a, b), {
    ratio: 0.75,
    smallest: 0.5,
    largest: 1,
  });
});

const report: BenchReport = {
  suite: "A step",
  date: "2026-11-23T00:00:00Z",
  sitting: { began: "2026-11-23T00:00:00Z", load: 0 },
  processor: "a processor",
  threads: 2,
  versions: { deno: "2" },
  timings: [summarize("fast", [[1], [1]]), summarize("slow", [[4], [2]])],
  ratios: [],
  measures: { "memory, MB": 12.345 },
};

Deno.test("a goal is measured only if both of its contenders were timed", () => {
  const ratios = measureGoals([
    { contender: "fast", against: "slow", atMost: 0.3 },
    { contender: "fast", against: "absent", atMost: 1 },
  ], report.timings);
  assertEquals(ratios.length, 1);
  assertEquals(ratios[0].ratio, 0.375);
  const text = formatBenchReport({ ...report, ratios });
  assertMatch(text, /fast : slow +0\.38 +0\.25 to 0\.50 +0\.3 {2}missed/);
  assertStringIncludes(text, "memory, MB");
});

Deno.test("a first compiled call of more than a second misses its goal", () => {
  const measures = {
    "a, first compiled call, ms": 1000,
    "b, first compiled call, ms": 1001,
    "memory, MB": 2000,
  };
  const text = formatBenchReport({ ...report, measures });
  assertMatch(text, /^a, first compiled call, ms +1,000 +at most 1000$/m);
  assertMatch(text, /^b, first compiled call, ms +1,001 +at most 1000 {2}missed$/m);
  assertMatch(text, /^memory, MB +2,000$/m);
});

Deno.test("each peer is represented by its best configuration", () => {
  const timings = [
    summarize("ours", [[1], [3]]),
    { ...summarize("peer, spinning", [[9], [9]]), peer: "peer" },
    { ...summarize("peer, sleeping", [[4], [4]]), peer: "peer" },
  ];
  const [ratio] = measureGoals(
    [{ contender: "ours", against: "peer", atMost: 1 }],
    timings,
  );
  assertEquals([ratio.best, ratio.ratio], ["peer, sleeping", 0.5]);
  assertMatch(
    formatBenchReport({ ...report, timings, ratios: [ratio] }),
    /ours : peer, sleeping +0\.50 +0\.25 to 0\.75/,
  );
});

Deno.test("the chart of a benchmark is a PNG picture", async () => {
  const chart = benchChart(report.timings, { title: "t", subtitle: "s" });
  const png = await renderChart(chart);
  assertEquals([...png.slice(1, 4)], [..."PNG"].map((c) => c.charCodeAt(0)));
});
