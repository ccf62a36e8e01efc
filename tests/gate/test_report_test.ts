import { assertEquals, assertThrows } from "@std/assert";
import {
  closingLine,
  formatCounts,
  formatSkipped,
  readTestReport,
  type SuiteCounts,
  totalCounts,
} from "../../lib/gate/test_report.ts";

const NO_REASON = "skipped by --filter, or without a reason";

Deno.test("each way that a test ends is counted once", () => {
  const [suite] = readTestReport(report(`
    <testsuite name="./tests/a_test.ts" tests="4" disabled="1" errors="1" failures="1">
      <testcase name="passes" classname="./tests/a_test.ts" time="0.250" line="1" col="6">
      </testcase>
      <testcase name="is ignored [skipped: it&apos;s 1 &lt; 2]" time="0.000"><skipped/></testcase>
      <testcase name="fails" time="0.500">
        <failure message="Uncaught Error: &lt;skipped/&gt;">at a_test.ts:3</failure>
      </testcase>
      <testcase name="is cut off" time="0.000">
        <error message="Cancelled"/>
      </testcase>
    </testsuite>`));
  assertEquals(suite, {
    ...counts("tests/a_test.ts", 1, 2, 1, 0.75),
    reasons: ["it's 1 < 2"],
  });
});

Deno.test("steps are part of their test", () => {
  const [suite] = readTestReport(report(`
    <testsuite name="./a_test.ts">
      <testcase name="a test" time="1"><failure message="1 test step failed"/></testcase>
      <testcase name="a test &gt; one" time="0.5"></testcase>
      <testcase name="a test &gt; two" time="0.5"><failure message="no"/></testcase>
      <testcase name="a test &gt; two &gt; deeper" time="0.25"><failure message="no"/></testcase>
      <testcase name="2 &gt; 1" time="0.25"></testcase>
    </testsuite>`));
  assertEquals(suite, counts("a_test.ts", 1, 1, 0, 1.25));
});

Deno.test("the examples of a file make one entry", () => {
  const suites = readTestReport(report(`
    <testsuite name="./lib/random.ts#27-31.ts"><testcase name="x" time="0.5"></testcase></testsuite>
    <testsuite name="./lib/images.ts#1-3.ts"><testcase name="y" time="1"></testcase></testsuite>
    <testsuite name="./lib/random.ts#40-44.ts"><testcase name="z" time="0.5"></testcase></testsuite>`));
  assertEquals(suites, [
    counts("lib/random.ts, examples", 2, 0, 0, 1),
    counts("lib/images.ts, examples", 1, 0, 0, 1),
  ]);
});

Deno.test("a report without tests gives no counts", () => {
  assertEquals(readTestReport(report("")), []);
  assertEquals(
    readTestReport(report(`<testsuite name="./a_test.ts" tests="0"/>`)),
    [counts("a_test.ts", 0, 0, 0, 0)],
  );
});

Deno.test("a report that is empty or cut off is refused", () => {
  const whole = report(`<testsuite name="a"><testcase name="b"/></testsuite>`);
  for (const text of ["", whole.slice(0, -5)]) {
    assertThrows(() => readTestReport(text), SyntaxError, "</testsuites>");
  }
});

Deno.test("the table has a line a file and the closing line their sum", () => {
  const suites = [
    counts("a_test.ts", 3, 0, 0, 0.04),
    counts("b", 10, 2, 1, 12),
  ];
  assertEquals(formatCounts(suites).split("\n"), [
    " passed  failed skipped seconds",
    "      3       0       0     0.0  a_test.ts",
    "     10       2       1    12.0  b",
  ]);
  assertEquals(
    closingLine(totalCounts(suites)),
    "13 passed, 2 failed, 1 skipped",
  );
  assertEquals(
    formatSkipped(totalCounts([...suites, counts("c", 0, 0, 1, 0)])),
    `Skipped:\n      2  ${NO_REASON}`,
  );
});

Deno.test("nothing skipped is not spoken of", () => {
  const total = totalCounts([counts("a_test.ts", 3, 0, 0, 1)]);
  assertEquals(formatSkipped(total), "");
  assertEquals(closingLine(total), "3 passed, 0 failed");
});

Deno.test("no tests at all sum up to zero", () => {
  assertEquals(closingLine(totalCounts([])), "0 passed, 0 failed");
});

function report(suites: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="deno test" tests="0" failures="0" errors="0" time="0.011">${suites}
</testsuites>
`;
}

function counts(
  name: string,
  ...[passed, failed, skipped, seconds]: number[]
): SuiteCounts {
  const reasons = new Array(skipped).fill(NO_REASON);
  return { name, passed, failed, skipped, seconds, reasons };
}
