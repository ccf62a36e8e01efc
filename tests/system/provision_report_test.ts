import { assertEquals, assertLessOrEqual, assertStrictEquals, assertThrows } from "@std/assert";
import {
  problemOf,
  type ProvisionReport,
  RouteError,
  sparsely,
} from "../../lib/system/provision_report.ts";

Deno.test("sparsely passes on each step's first and last report, and at most ten per second between", () => {
  const arrived: ProvisionReport[] = [];
  const onReport = sparsely((report) => arrived.push(report));
  const flood = (message: string): ProvisionReport[] =>
    Array.from({ length: 50_000 }, (_, index) => ({
      step: "unpack",
      message,
      doneBytes: index + 1,
      totalBytes: 50_000,
    }));
  const [first, second] = [flood("first"), flood("second")];
  const started = performance.now();
  for (const report of [...first, ...second]) onReport(report);
  const seconds = (performance.now() - started) / 1000;
  for (const reports of [first, second]) {
    const mine = arrived.filter(({ message }) => message === reports[0]!.message);
    assertStrictEquals(mine[0], reports[0]);
    assertStrictEquals(mine.at(-1), reports.at(-1));
  }
  assertLessOrEqual(arrived.length, 4 + 10 * seconds);
});

Deno.test("sparsely passes on every new message, however close together they are", () => {
  const arrived: string[] = [];
  const onReport = sparsely(({ message }) => arrived.push(message));
  for (const message of ["a", "b", "a"]) onReport({ step: "wheel", message });
  assertEquals(arrived, ["a", "b", "a"]);
});

Deno.test("problemOf returns the message of an expected problem and rethrows other errors", () => {
  assertEquals(problemOf(new RouteError("no compiler")), "no compiler");
  const missing = assertThrows(() => Deno.statSync("/no/such/file"), Error);
  assertEquals(problemOf(missing), missing.message);
  const mistake = new TypeError("x is not a function");
  assertStrictEquals(assertThrows(() => problemOf(mistake), Error), mistake);
  const aborted = new DOMException("stopped", "AbortError");
  assertStrictEquals(assertThrows(() => problemOf(aborted), Error), aborted);
});
