import { assertEquals, assertGreater, assertMatch } from "@std/assert";
import { formatPageReport } from "../../lib/bench/page/report.ts";
import { loadServer } from "../../lib/bench/page/server_load.ts";
import { needsNightly } from "../support/nightly.ts";
import { program, runProgram } from "../support/program.ts";
import { requiring } from "../support/skip.ts";

Deno.test("the report is a table that marks a missed goal", () => {
  const text = formatPageReport({
    ...{
      suite: "Sudoku page",
      date: "",
      sitting: { began: "", load: 0 },
      processor: "a processor",
    },
    ...{ threads: 2, versions: { chromium: "153" }, parts: [], times: {} },
    figures: [
      { name: "key press", value: 49.96, atMost: 50 },
      { name: "first load", value: 1234.5, atMost: 1000 },
      { name: "latency", value: 3 },
    ],
  });
  assertEquals(text.split("\n")[0], "Sudoku page: a processor, 2 cores; chromium 153");
  assertMatch(text, /^key press +50.0 +at most 50$/m);
  assertMatch(text, /^first load +1,235 +at most 1000 {2}missed$/m);
  assertMatch(text, /^latency +3.00$/m);
});

Deno.test("the load counts requests, and every answer that is not the file", async () => {
  let asked = 0;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    asked++;
    const isFile = new URL(request.url).pathname !== "/style.css";
    return new Response("", { status: isFile ? 200 : 404 });
  });
  const url = `http://127.0.0.1:${server.addr.port}/`;
  const load = await loadServer({ url }, { rate: 60, seconds: 1 });
  await server.shutdown();
  assertGreater(load.requestsPerSecond, 0);
  assertGreater(load.failures, 0);
  assertGreater(asked, load.failures);
});

Deno.test(requiring(needsNightly, "the benchmark measures every part of the page", async () => {
  const { code, stdout, stderr } = await runProgram(program("bench"), [
    ...["page", "--json", "--keys", "19", "--loads", "1", "--puzzles", "1"],
    ...["--rate", "50", "--seconds", "1", "--out", await Deno.makeTempDir()],
  ]);
  assertEquals(code, 0, stderr);
  const { times, figures, parts } = JSON.parse(stdout);
  assertEquals(parts.map(({ name }: { name: string }) => name), [
    "load",
    "key",
    "puzzle",
    "hostile",
    "server",
  ]);
  for (const { others } of parts) {
    assertEquals(typeof others, Deno.build.os === "linux" ? "number" : "undefined");
  }
  for (const [part, values] of Object.entries<number[]>(times)) {
    assertGreater(Math.min(...values), 0, part);
  }
  assertEquals(times.key.length, 19);
  assertGreater(figures.length, 10);
}));
