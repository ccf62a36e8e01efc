import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { runTestSuite } from "../../lib/gate/test_suite.ts";
import { totalCounts } from "../../lib/gate/test_report.ts";

// Each of these tests starts a real `deno test` process.

Deno.test("tests and examples that pass are counted, and the exit code is 0", async () => {
  const outcome = await runFiles({
    "a_test.ts": `
      Deno.test("one", () => {});
      Deno.test("two", async (t) => { await t.step("first", () => {}); });
      Deno.test.ignore("three", () => {});`,
    "example.ts": `
      /**
       * Doubles.
       *
       * \`\`\`ts
       * if (double(2) !== 4) throw new Error("wrong");
       * \`\`\`
       */
      export function double(x: number): number { return 2 * x; }`,
  });
  assertEquals(countsOf(outcome), { passed: 3, failed: 0, skipped: 1 });
  assertEquals([outcome.exitCode, outcome.problem], [0, undefined]);
});

Deno.test("a test with an unmet requirement is skipped with the reason, and the others run", async () => {
  const skip = import.meta.resolve("../support/skip.ts");
  const outcome = await runFiles({
    "a_test.ts": `
      import { requiring } from "${skip}";
      Deno.test(requiring(true, "one", () => {}));
      Deno.test(requiring([true, true], "two", () => {}));
      Deno.test(requiring("needs <a>", "three", () => { throw new Error("it ran"); }));
      Deno.test(requiring([true, "needs <a>", "needs b"], "four", () => {}));`,
  });
  assertEquals(countsOf(outcome), { passed: 2, failed: 0, skipped: 2 });
  assertEquals(totalCounts(outcome.suites).reasons, ["needs <a>", "needs <a>"]);
});

Deno.test("a failing test is counted, and the exit code is not 0", async () => {
  const outcome = await runFiles({
    "a_test.ts": `
      Deno.test("passes", () => {});
      Deno.test("fails", () => { throw new Error("on purpose"); });`,
  });
  assertEquals(countsOf(outcome), { passed: 1, failed: 1, skipped: 0 });
  assertNotEquals(outcome.exitCode, 0);
  assertEquals(outcome.problem, undefined);
});

Deno.test("a process that is killed halfway is a failure", async () => {
  const outcome = await runFiles({
    "a_test.ts": `
      Deno.test("passes", () => {});
      Deno.test("crashes", () => Deno.kill(Deno.pid, "SIGKILL"));`,
  });
  assertEquals(countsOf(outcome), { passed: 0, failed: 1, skipped: 0 });
  assertNotEquals(outcome.exitCode, 0);
  assertMatch(outcome.problem!, /ended by SIGKILL and left no report/);
});

Deno.test("a file that throws on import is a failure, and the other files are counted", async () => {
  const outcome = await runFiles({
    "a_test.ts": `Deno.test("passes", () => {});`,
    "b_test.ts": `throw new Error("on purpose");`,
  });
  assertEquals(countsOf(outcome), { passed: 1, failed: 1, skipped: 0 });
  assertNotEquals(outcome.exitCode, 0);
  assertMatch(outcome.problem!, /though no test failed/);
});

Deno.test("a run without a single executed test is a failure", async () => {
  const files = { "a_test.ts": `Deno.test("one", () => {});` };
  const outcome = await runFiles(files, "no such name");
  // Deno reports tests that a filter excludes as skipped.
  assertEquals(countsOf(outcome), { passed: 0, failed: 1, skipped: 1 });
  assertEquals([outcome.exitCode, outcome.problem], [1, "No test ran."]);
});

Deno.test("each file runs once if a second process tests some of them alongside", async () => {
  const passing = `Deno.test("passes", () => {});`;
  const failing = `Deno.test("fails", () => { throw new Error("on purpose"); });`;
  const cases: [string, Record<string, string>, object, RegExp | undefined][] = [
    [
      "all pass",
      { "a_test.ts": passing, "b_test.ts": passing },
      { passed: 2, failed: 0 },
      undefined,
    ],
    [
      "the first fails",
      { "a_test.ts": failing, "b_test.ts": passing },
      { passed: 1, failed: 1 },
      undefined,
    ],
    [
      "the second fails",
      { "a_test.ts": passing, "b_test.ts": failing },
      { passed: 1, failed: 1 },
      undefined,
    ],
    [
      "the second is killed",
      {
        "a_test.ts": passing,
        "b_test.ts": `Deno.test("x", () => Deno.kill(Deno.pid, "SIGKILL"));`,
      },
      { passed: 1, failed: 1 },
      /ended by SIGKILL and left no report/,
    ],
  ];
  for (const [name, files, counts, problem] of cases) {
    const outcome = await runFiles(files, undefined, ["b_test.ts"]);
    assertEquals(countsOf(outcome), { ...counts, skipped: 0 } as never, name);
    assertEquals(outcome.exitCode === 0, name === "all pass", name);
    assertMatch(outcome.problem ?? "", problem ?? /^$/, name);
  }
});

Deno.test("files that are tested alongside do not run twice if there are several folders", async () => {
  const folder = await Deno.makeTempDir({ prefix: "sudogan_suite_" });
  for (const name of ["a/one", "b/two", "b/c/three", "b/c/four"]) {
    const file = `${folder}/${name}_test.ts`;
    await Deno.mkdir(file.slice(0, file.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(file, `Deno.test("passes", () => {});`);
  }
  const outcome = await runTestSuite({
    paths: [`${folder}/a`, `${folder}/b`],
    alongside: [`${folder}/b/c/three_test.ts`],
    quiet: true,
  });
  assertEquals(countsOf(outcome), { passed: 4, failed: 0, skipped: 0 });
  assertEquals(outcome.suites.length, 4);
});

Deno.test("a filter may leave one of two processes without tests", async () => {
  const files = {
    "a_test.ts": `Deno.test("one", () => {});`,
    "b_test.ts": `Deno.test("two", () => {});`,
  };
  const outcome = await runFiles(files, "one", ["b_test.ts"]);
  assertEquals(countsOf(outcome), { passed: 1, failed: 0, skipped: 1 });
  assertEquals([outcome.exitCode, outcome.problem], [0, undefined]);
});

type Outcome = Awaited<ReturnType<typeof runTestSuite>>;

function countsOf({ suites }: Outcome) {
  const { passed, failed, skipped } = totalCounts(suites);
  return { passed, failed, skipped };
}

async function runFiles(
  files: Record<string, string>,
  filter?: string,
  alongside: readonly string[] = [],
): Promise<Outcome> {
  const folder = await Deno.makeTempDir({ prefix: "sudogan_suite_" });
  try {
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(`${folder}/${name}`, text);
    }
    return await runTestSuite({
      paths: [folder],
      alongside: alongside.map((name) => `${folder}/${name}`),
      filter,
      quiet: true,
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
