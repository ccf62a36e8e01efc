/**
 * Counts the results in a JUnit report of `deno test`. In the report, each step of a test looks
 * like a separate test, but steps are not counted here.
 */

/**
 * The numbers of passed, failed and skipped tests, either for a file's own tests or for the
 * examples in the file's comments.
 */
export interface SuiteCounts {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  /** The reasons why tests were skipped, one for each skipped test. */
  readonly reasons: readonly string[];
}

/**
 * Matches the end of a skipped test's name, which gives the reason for skipping it. The report has
 * no other place for the reason, so tests/support/skip.ts adds it to the name.
 */
const reasonInName = / \[skipped: (.*)\]$/;
const NO_REASON = "skipped by --filter, or without a reason";

/**
 * Counts the tests in a JUnit report of `deno test`.
 *
 * @returns one entry per file, in the same order as in the report
 * @throws {SyntaxError} if the report is incomplete
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const suites = readTestReport(`<testsuites>
 *   <testsuite name="./a_test.ts" tests="2">
 *     <testcase name="adds" time="0.5"></testcase>
 *     <testcase name="divides" time="0.25"><failure message="by 0"></failure></testcase>
 *   </testsuite>
 * </testsuites>`);
 * assertEquals(suites, [{ name: "a_test.ts", passed: 1, failed: 1, skipped: 0, seconds: 0.75, reasons: [] }]);
 * ```
 */
export function readTestReport(xml: string): SuiteCounts[] {
  if (!xml.trimEnd().endsWith("</testsuites>")) {
    throw new SyntaxError(
      `A test report should end with </testsuites>; this one of ${xml.length} characters does not.`,
    );
  }
  const suites = new Map<string, SuiteCounts>();
  for (const [, tag, body] of xml.matchAll(elements("testsuite"))) {
    const name = nameSuite(readAttribute(tag, "name"));
    suites.set(name, addUp(name, [suites.get(name), countCases(name, body)]));
  }
  return [...suites.values()];
}

/** Adds up the counts of all files. */
export function totalCounts(suites: readonly SuiteCounts[]): SuiteCounts {
  return addUp("total", suites);
}

/** Returns a table with the counts. The table has one line per file. */
export function formatCounts(suites: readonly SuiteCounts[]): string {
  const cell = (value: unknown) => String(value).padStart(7);
  const rows = suites.map(({ name, passed, failed, skipped, seconds }) =>
    [passed, failed, skipped, seconds.toFixed(1)].map(cell).join(" ") +
    `  ${name}`
  );
  const heading = ["passed", "failed", "skipped", "seconds"].map(cell).join(
    " ",
  );
  return [heading, ...rows].join("\n");
}

/**
 * Lists the reasons for skipped tests, with the number of tests for each reason. The most frequent
 * reason comes first. If no tests were skipped, then the result is an empty string.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const counts = { name: "total", passed: 7, failed: 0, skipped: 3, seconds: 2 };
 * assertEquals(
 *   formatSkipped({ ...counts, reasons: ["needs b", "needs a", "needs b"] }),
 *   "Skipped:\n      2  needs b\n      1  needs a",
 * );
 * ```
 */
export function formatSkipped({ reasons }: SuiteCounts): string {
  if (reasons.length === 0) return "";
  const groups = Map.groupBy(reasons, (reason) => reason);
  const lines = [...groups].sort(([, a], [, b]) => b.length - a.length)
    .map(([reason, { length }]) => `${String(length).padStart(7)}  ${reason}`);
  return ["Skipped:", ...lines].join("\n");
}

/**
 * Returns the last line of a test run, which shows the total counts.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const counts = { name: "total", passed: 7, failed: 0, seconds: 2 };
 * assertEquals(
 *   closingLine({ ...counts, skipped: 1, reasons: ["needs Python"] }),
 *   "7 passed, 0 failed, 1 skipped",
 * );
 * assertEquals(closingLine({ ...counts, skipped: 0, reasons: [] }), "7 passed, 0 failed");
 * ```
 */
export function closingLine({ passed, failed, skipped }: SuiteCounts): string {
  const line = `${passed} passed, ${failed} failed`;
  return skipped > 0 ? `${line}, ${skipped} skipped` : line;
}

/**
 * Matches XML elements with this name. The first group contains the attributes, and the second
 * group contains the content. The values of attributes contain no < or >.
 */
function elements(name: string): RegExp {
  return new RegExp(`<${name}(\\s[^>]*?)(?:/>|>(.*?)</${name}>)`, "gs");
}

function readAttribute(tag: string, name: string): string {
  return tag.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1] ?? "";
}

/**
 * Returns the name under which a suite is shown. For instance, the examples in
 * `./lib/random.ts#27-31.ts` are shown as `lib/random.ts, examples`.
 */
function nameSuite(name: string): string {
  const [path, lines] = name.replace(/^\.\//, "").split("#");
  return lines ? `${path}, examples` : path;
}

function countCases(name: string, body: string | undefined): SuiteCounts {
  const cases = [...(body ?? "").matchAll(elements("testcase"))].map((
    [, tag, content = ""],
  ) => ({ tag, content, name: readAttribute(tag, "name") }));
  const names = new Set(cases.map((test) => test.name));
  const tests = cases.filter((test) => !isStep(test.name, names));
  return addUp(
    name,
    tests.map(({ tag, content, name }) => {
      const failed = /<(failure|error)\b/.test(content);
      const skipped = !failed && /<skipped\b/.test(content);
      return {
        name,
        passed: Number(!failed && !skipped),
        failed: Number(failed),
        skipped: Number(skipped),
        seconds: Number(readAttribute(tag, "time")),
        reasons: skipped ? [reasonFor(name)] : [],
      };
    }),
  );
}

function reasonFor(name: string): string {
  const [, reason = NO_REASON] = reasonInName.exec(unescapeXml(name)) ?? [];
  return reason;
}

function unescapeXml(text: string): string {
  const entities: Record<string, string> = {
    lt: "<",
    gt: ">",
    quot: '"',
    apos: "'",
    amp: "&",
  };
  return text.replace(
    /&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi,
    (whole, decimal, hex, name) =>
      decimal || hex
        ? String.fromCodePoint(parseInt(decimal ?? hex, decimal ? 10 : 16))
        : entities[name] ?? whole,
  );
}

/**
 * Returns whether an entry of the report is a step of a test. The report names such an entry
 * `test name > step name`.
 */
function isStep(name: string, names: ReadonlySet<string>): boolean {
  const separator = " &gt; ";
  const parts = name.split(separator);
  return parts.some((_, i) => i > 0 && names.has(parts.slice(0, i).join(separator)));
}

function addUp(
  name: string,
  suites: readonly (SuiteCounts | undefined)[],
): SuiteCounts {
  const sum = (key: Exclude<keyof SuiteCounts, "name" | "reasons">) =>
    suites.reduce((total, suite) => total + (suite?.[key] ?? 0), 0);
  return {
    name,
    passed: sum("passed"),
    failed: sum("failed"),
    skipped: sum("skipped"),
    seconds: sum("seconds"),
    reasons: suites.flatMap((suite) => suite?.reasons ?? []),
  };
}
