import { assertEquals } from "@std/assert";
import { withEnvironment } from "../support/environment.ts";
import { requiring } from "../support/skip.ts";
import {
  countThreads,
  setThreads,
  threadEnvironment,
  type ThreadSettings,
  threadSettings,
  useCallingThread,
} from "../../lib/native/threads.ts";

const names = ["TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"];
const unset = { [names[0]]: undefined, [names[1]]: undefined };
const processors = navigator.hardwareConcurrency;

Deno.test("TensorFlow computes with the given number of threads, at most one per processor", () => {
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
    withEnvironment({ [names[0]]: within, [names[1]]: across }, () => {
      assertEquals(countThreads(), expected, `${within}, ${across}`);
    });
  }
});

Deno.test("operations run in parallel only on one or two processors, unless the user decides", () => {
  withEnvironment(unset, () => {
    setThreads("across-operations");
    assertEquals(
      names.map((name) => Deno.env.get(name)),
      processors <= 2 ? ["1", String(processors)] : [undefined, undefined],
    );
    assertEquals(countThreads(), processors);
  });
  withEnvironment({ ...unset, [names[0]]: "7" }, () => {
    setThreads("across-operations");
    assertEquals(names.map((name) => Deno.env.get(name)), ["7", undefined]);
  });
  withEnvironment(unset, () => {
    setThreads("within-operations");
    assertEquals(names.map((name) => Deno.env.get(name)), [
      undefined,
      undefined,
    ]);
  });
});

Deno.test("thread numbers come from the environment, and otherwise from the available processors", () => {
  const cases: [
    within: string | undefined,
    across: string | undefined,
    expected: ThreadSettings,
  ][] = [
    ["1", "5", { withinOperations: 1, acrossOperations: 5 }],
    ["3", undefined, { withinOperations: 3, acrossOperations: processors }],
    ["0", "many", {
      withinOperations: processors,
      acrossOperations: processors,
    }],
  ];
  for (const [within, across, expected] of cases) {
    withEnvironment({ [names[0]]: within, [names[1]]: across }, () => {
      assertEquals(threadSettings(), expected);
      assertEquals(
        threadEnvironment(expected),
        `${names[0]}=${expected.withinOperations} ${names[1]}=${expected.acrossOperations}`,
      );
    });
  }
});

Deno.test(requiring(
  Deno.build.os === "linux" || "taskset exists only on Linux",
  "a process that is limited to one processor has one thread by default",
  async () => {
    const url = import.meta.resolve("../../lib/native/threads.ts");
    const code =
      `import { threadSettings } from "${url}"; console.log(JSON.stringify(threadSettings()));`;
    const { stdout } = await new Deno.Command("taskset", {
      args: ["-c", "0", Deno.execPath(), "eval", code],
      env: { [names[0]]: "", [names[1]]: "" },
    }).output();
    assertEquals(JSON.parse(new TextDecoder().decode(stdout)), {
      withinOperations: 1,
      acrossOperations: 1,
    });
  },
));

Deno.test("the thread that runs an operation of oneDNN takes part in the work, unless the user decides", () => {
  const name = "TF_ONEDNN_THREADPOOL_USE_CALLER_THREAD";
  for (const [given, expected] of [[undefined, "1"], ["", "1"], ["0", "0"], ["1", "1"]]) {
    withEnvironment({ [name]: given }, () => {
      useCallingThread();
      assertEquals(Deno.env.get(name), expected);
    });
  }
});
