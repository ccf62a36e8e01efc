import { assertEquals } from "@std/assert";
import { countThreads, setThreads } from "../../lib/engine/threads.ts";

const names = ["TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"];
const processors = navigator.hardwareConcurrency;

Deno.test("as many threads compute as TensorFlow is given, and no more than there are processors to serve", () => {
  const cases: [
    within: string | undefined,
    across: string | undefined,
    number,
  ][] = [
    [undefined, undefined, processors],
    ["1", "1", 1],
    ["3", "1", 3],
    ["1", String(processors + 5), processors],
    ["nonsense", undefined, processors],
  ];
  for (const [within, across, expected] of cases) {
    withEnvironment([within, across], () => {
      assertEquals(countThreads(), expected, `${within}, ${across}`);
    });
  }
});

Deno.test("threads across operations are for two processors at most, and what the user has set stands", () => {
  withEnvironment([undefined, undefined], () => {
    setThreads("across-operations");
    assertEquals(
      names.map((name) => Deno.env.get(name)),
      processors <= 2 ? ["1", String(processors + 1)] : [undefined, undefined],
    );
    assertEquals(countThreads(), processors);
  });
  withEnvironment(["7", undefined], () => {
    setThreads("across-operations");
    assertEquals(names.map((name) => Deno.env.get(name)), ["7", undefined]);
  });
  withEnvironment([undefined, undefined], () => {
    setThreads("within-operations");
    assertEquals(names.map((name) => Deno.env.get(name)), [
      undefined,
      undefined,
    ]);
  });
});

/** Runs `body` with other values of the two variables. */
function withEnvironment(
  values: readonly (string | undefined)[],
  body: () => void,
): void {
  const before = names.map((name) => Deno.env.get(name));
  const set = (all: readonly (string | undefined)[]) =>
    names.forEach((name, i) => {
      const value = all[i];
      if (value === undefined) Deno.env.delete(name);
      else Deno.env.set(name, value);
    });
  set(values);
  try {
    body();
  } finally {
    set(before);
  }
}
