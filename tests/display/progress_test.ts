import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Writable } from "node:stream";
import fc from "fast-check";
import { barLine, duration, startProgress } from "../../lib/display/progress.ts";

const training = { title: "Training", total: 14_070, unit: "steps" } as const;
const facts = ["D 0.688 G 0.598", "real 0.57 fake 0.53", "9.3/s", "epoch 3/30"];

Deno.test("a bar shows title, share, amount, remaining time and facts", () => {
  assertEquals(
    barLine(training, 7_035, facts, 125, 140),
    "Training ███████████████░░░░░░░░░░░░░░░ 50% · 7035/14070 steps · 2m05s left · D 0.688 G 0.598 · " +
      "real 0.57 fake 0.53 · 9.3/s · epoch 3/30",
  );
});

Deno.test("a narrow terminal shortens the bar and then drops facts, the last ones first", () => {
  const line = barLine(training, 7_035, facts, 125, 80);
  assertStringIncludes(line, "D 0.688 G 0.598");
  assert(!line.includes("epoch"));
});

Deno.test("a bar is never wider than its terminal", () => {
  const anyBar = fc.record({
    columns: fc.integer({ min: 1, max: 200 }),
    total: fc.nat({ max: 1e9 }),
    share: fc.double({ min: 0, max: 1.5, noNaN: true }),
    left: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), {
      nil: undefined,
    }),
    unit: fc.constantFrom("MB" as const, "steps" as const),
  });
  fc.assert(fc.property(anyBar, ({ columns, total, share, left, unit }) => {
    const line = barLine(
      { title: "Title", total, unit },
      Math.round(total * share),
      facts,
      left,
      columns,
    );
    assert(line.length <= columns - 1 || line.length === 0, line);
  }));
});

Deno.test("bytes are shown in megabytes", () => {
  assertStringIncludes(
    barLine(
      { title: "Wheel", total: 251_795_484, unit: "MB" },
      1_500_000,
      [],
      9,
      80,
    ),
    "1.5/252 MB · 9s left",
  );
});

Deno.test("durations are shown in hours, minutes and seconds", () => {
  assertEquals([0, 59.4, 60, 3599, 3600, 7500].map(duration), [
    "0s",
    "59s",
    "1m00s",
    "59m59s",
    "1h00m",
    "2h05m",
  ]);
});

Deno.test("without a terminal a bar prints plain lines: the first, the last and a few in between", () => {
  const { stream, text } = capture(false);
  const progress = startProgress({ ...training, total: 1000, stream });
  for (let done = 0; done <= 1000; done++) {
    progress.update(done, [`fact ${done}`]);
  }
  progress.stop();
  const lines = text().trimEnd().split("\n");
  assertEquals(lines[0], "Training 0/1000 steps · fact 0");
  assertEquals(lines.at(-1), "Training 1000/1000 steps · fact 1000");
  // Between the first and the last line, a line is printed only if another tenth of the work is
  // done and at least five seconds have passed since the previous line.
  assert(lines.length < 11);
});

Deno.test("in a terminal the bar stays on one line, and the cursor is shown again at the end", () => {
  const { stream, text } = capture(true);
  const progress = startProgress({ ...training, stream });
  progress.update(7_035, facts);
  progress.stop();
  assertStringIncludes(text(), "50%");
  assertStringIncludes(text(), "\x1b[?25l");
  assert(text().lastIndexOf("\x1b[?25h") > text().lastIndexOf("50%"));
  assertEquals(text().split("\n").length, 2);
});

/**
 * Creates a stream that keeps the text that is written to it. If `isTTY` is true, then the stream
 * passes for a terminal with 80 columns.
 */
function capture(
  isTTY: boolean,
): { stream: NodeJS.WriteStream; text: () => string } {
  let written = "";
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written += chunk;
      done();
    },
  });
  return {
    stream: Object.assign(stream, {
      isTTY,
      columns: 80,
    }) as unknown as NodeJS.WriteStream,
    text: () => written,
  };
}
