/**
 * Tests the worker the way the page uses it: the worker is started from a Blob that contains its
 * bundled script.
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { dirname, join } from "node:path";
import { runInNewContext } from "node:vm";
import { daily, formatLine, generate, gridOf, rate } from "../../../../lib/sudoku/mod.ts";
import { GameError, type GameErrorCode } from "../../../../lib/web/game/game_error.ts";
import { hintQuestion } from "../../../../lib/web/game/hints/answer_hint.ts";
import { TaskClient, type WorkerPort } from "../../../../lib/web/game/tasks/client.ts";
import { askFirst } from "../../../../lib/web/game/tasks/race.ts";
import { serve } from "../../../../lib/web/game/tasks/serve.ts";
import type { TaskKind, TaskReply, Tasks } from "../../../../lib/web/game/tasks/task.ts";
import { exportSaves } from "../../../../lib/web/game/saves/exchange.ts";
import { noSaves } from "../../../../lib/web/game/saves/saves.ts";
import { storeGame } from "../../../../lib/web/game/saves/stored_game.ts";
import { gameOn, puzzles, solveAll, start } from "../games.ts";

const script = await bundleWorker();

/**
 * The maximum size of the compressed script in bytes. When this limit was set, the size was 31 kB.
 */
const MOST_BYTES = 35_000;

/** Options for a puzzle that is slow to generate compared with the others here. */
const slow = { size: 9, level: "expert", seed: "1" } as const;

Deno.test("the worker's script is a classic script, and small", async () => {
  // The script has no module syntax, and uses nothing from Deno or Node.
  const heard: string[] = [];
  runInNewContext(script, {
    addEventListener: (type: string) => heard.push(type),
    Uint8Array,
  });
  assertEquals(heard, ["message"]);
  const packed = new Blob([script]).stream().pipeThrough(new CompressionStream("gzip"));
  const { byteLength } = await new Response(packed).arrayBuffer();
  assert(byteLength < MOST_BYTES, `${byteLength} bytes`);
});

Deno.test("a worker from a Blob runs every kind of task", async () => {
  await withClient(async (client) => {
    const made = generate({ size: 6, level: "easy", seed: "a seed" });
    const puzzle = await client.ask("generate", { size: 6, level: "easy", seed: "a seed" });
    assertEquals(puzzle.givens.join(""), formatLine(made.grid, "0"));
    assertEquals(puzzle.rating, { level: "easy", value: made.rating, hardest: made.hardest });
    assertEquals(puzzle.origin, { kind: "level", level: "easy", seed: "a seed" });

    const day = { date: "2026-11-26", level: "medium" } as const;
    const today = await client.ask("daily", day);
    assertEquals(today.givens.join(""), formatLine(daily(day).grid, "0"));
    assertEquals(today.origin, { kind: "daily", ...day });

    const { rating, level, hardest } = rate(gridOf(9, puzzles[9].givens));
    assertEquals(await client.ask("rate", puzzles[9]), {
      level: level!,
      value: rating,
      hardest: hardest!,
    });
    assertEquals(await client.ask("read", { text: "1... ..2. .3.. ...4" }), puzzles[4]);
    assertEquals((await client.ask("hint", hintQuestion(gameOn(9)))).kind, "hint");
    assert((await client.ask("explain", puzzles[9])).isSolved);

    const saved = storeGame(solveAll(gameOn(4), 1), start);
    const text = exportSaves({ ...noSaves, games: [saved] });
    assertEquals(await client.ask("readExport", { text }), { ...noSaves, games: [saved] });
  });
});

Deno.test("an impossible task is refused with its code, and the worker continues", async () => {
  await withClient(async (client) => {
    const ask = <Kind extends TaskKind>(kind: Kind, question: unknown) => () =>
      client.ask(kind, question as Tasks[Kind]["ask"]);
    const blank = { size: 9, givens: new Array(81).fill(0) };
    const cases: [ask: () => Promise<unknown>, code: GameErrorCode][] = [
      [ask("generate", { size: 4, level: "extreme", seed: "1" }), "no such puzzle"],
      [ask("generate", { size: 5, level: "easy", seed: "1" }), "no such puzzle"],
      [ask("generate", { size: 4, level: "toString", seed: "1" }), "no such puzzle"],
      [ask("generate", { size: 4, level: "easy", seed: "s".repeat(201) }), "no such puzzle"],
      [ask("daily", { date: "2026-02-30", level: "easy" }), "no such puzzle"],
      [ask("read", { text: "a grid" }), "not a grid"],
      [ask("rate", blank), "several solutions"],
      [ask("explain", blank), "several solutions"],
      [ask("readExport", { text: "{}" }), "not an export"],
    ];
    for (const [question, code] of cases) {
      assertEquals((await assertRejects(question, GameError)).code, code);
    }
    assertEquals(await client.ask("read", { text: "1... ..2. .3.. ...4" }), puzzles[4]);
  });
});

Deno.test("an internal error is reported", async () => {
  await withClient(async (client) => {
    const question = { size: 9, givens: [1, 2, 3] } as const;
    await assertRejects(() => client.ask("rate", question), Error, "81 cells");
  });
});

Deno.test("a stopped task gives way to the next one at once", async () => {
  const workers: Worker[] = [];
  await withClient(async (client) => {
    const stop = new AbortController();
    const reason = new Error("The player has other plans.");
    const first = client.ask("generate", slow, {
      signal: stop.signal,
      // The worker is computing, so it receives no messages.
      onProgress: () => stop.abort(reason),
    });
    const second = client.ask("read", { text: "1... ..2. .3.. ...4" });
    assertEquals(await assertRejects(() => first, Error), reason);
    assertEquals(await second, puzzles[4]);
    assertEquals(workers.length, 2);
  }, workers);
});

Deno.test("a waiting task can be stopped without affecting the running one", async () => {
  const workers: Worker[] = [];
  await withClient(async (client) => {
    const stop = new AbortController();
    const running = client.ask("generate", { size: 9, level: "hard", seed: "6" });
    const waiting = client.ask("generate", slow, { signal: stop.signal });
    stop.abort();
    await assertRejects(() => waiting, DOMException);
    assertEquals((await running).rating?.level, "hard");
    await assertRejects(() => client.ask("rate", puzzles[9], { signal: stop.signal }));
    assertEquals(workers.length, 1);
  }, workers);
});

Deno.test("stopping a task after its answer has no effect", async () => {
  const workers: Worker[] = [];
  await withClient(async (client) => {
    const stop = new AbortController();
    await client.ask("rate", puzzles[9], { signal: stop.signal });
    const next = client.ask("rate", puzzles[9]);
    stop.abort();
    await next;
    assertEquals(workers.length, 1);
  }, workers);
});

Deno.test("a task reports its progress", async () => {
  await withClient(async (client) => {
    const told: [number, number | null][] = [];
    const extreme = generate({ level: "extreme", seed: 6 });
    const puzzle = { size: 9, givens: [...extreme.grid.values] } as const;
    await client.ask("explain", puzzle, { onProgress: (done, of) => told.push([done, of]) });
    assertEquals(told[0], [0, null]);
    const empty = puzzle.givens.filter((given) => given === 0).length;
    const counts = told.slice(1);
    assert(counts.every(([done, of]) => of === empty && done >= 0 && done <= empty));
    assertEquals(counts, counts.toSorted(([a], [b]) => a - b));
  });
});

Deno.test("progress is reported from time to time, not at every step", () => {
  const told = (milliseconds: number) => {
    let time = 0;
    const replies: TaskReply[] = [];
    serve({ id: 1, kind: "explain", ask: puzzles[9] }, (reply) => replies.push(reply), () => {
      time += milliseconds;
      return time;
    });
    assertEquals(replies.at(-1)?.kind, "answer");
    return replies.length - 1;
  };
  const steps = puzzles[9].givens.filter((given) => given === 0).length;
  assertEquals(told(100), steps + 1);
  assertEquals(told(0), 1);
});

Deno.test("a worker that cannot be started, or breaks, rejects its task", async () => {
  const none = new TaskClient(() => {
    throw new Error("No workers here.");
  });
  for (let round = 0; round < 2; round++) {
    await assertRejects(() => none.ask("rate", puzzles[4]), Error, "No workers here.");
  }
  const broken = new TaskClient(() =>
    startWorker(`addEventListener("message", () => { throw 1; });`)
  );
  await assertRejects(() => broken.ask("rate", puzzles[4]), Error, "worker failed");
  broken.close();
});

Deno.test("closing rejects waiting tasks", async () => {
  const client = new TaskClient(() => startWorker(script));
  const waiting = [client.ask("generate", slow), client.ask("rate", puzzles[4])];
  const answers = Promise.allSettled(waiting);
  client.close();
  assertEquals((await answers).map(({ status }) => status), ["rejected", "rejected"]);
});

Deno.test("making a puzzle reports the attempts", () => {
  const told: [number, number | null][] = [];
  const ask = { size: 6, level: "hard", seed: "2" } as const;
  let attempts = 0;
  generate({ ...ask, onAttempt: (count) => attempts = count });
  let time = 0;
  serve({ id: 1, kind: "generate", ask }, (reply) => {
    if (reply.kind === "progress") told.push([reply.done, reply.of]);
  }, () => time += 100);
  assert(attempts > 1, "this seed needs many attempts");
  assertEquals(told[0], [0, null]);
  assertEquals(told.map(([done]) => done), [...new Array(attempts + 1).keys()]);
  assert(told.every(([done, of]) => of === null || done < of));
});

Deno.test("of several workers the first answer counts, and the others are released", async () => {
  // The first worker never answers, so the second wins the race on any machine.
  const scripts = [`addEventListener("message", () => {});`];
  let started = 0;
  const clients = [1, 2].map(() =>
    new TaskClient(() => {
      started++;
      return startWorker(scripts.pop() ?? script);
    })
  );
  const quick = { size: 4, level: "easy", seed: "1" } as const;
  const puzzle = await askFirst(clients, "generate", [slow, quick]);
  assertEquals(puzzle.origin, { kind: "level", level: "easy", seed: "1" });
  // The other task is still running, so its client needs a new worker.
  await clients[0].ask("rate", puzzles[4]);
  assertEquals(started, 3);
  const impossible = { size: 4, level: "extreme", seed: "1" } as const;
  const refused = () => askFirst(clients, "generate", [impossible, impossible]);
  assertEquals((await assertRejects(refused, GameError)).code, "no such puzzle");
  const stop = new AbortController();
  const stopped = askFirst(clients, "generate", [slow, slow], { signal: stop.signal });
  stop.abort();
  await assertRejects(() => stopped, DOMException);
  for (const client of clients) client.close();
});

Deno.test("a released task finishes in its worker, which then takes the next task", async () => {
  const workers: Worker[] = [];
  await withClient(async (client) => {
    const ended = Promise.withResolvers<void>();
    const release = new AbortController();
    const ask = { size: 4, level: "easy", seed: "1" } as const;
    const released = client.ask("generate", ask, { release: release.signal });
    workers[0].addEventListener("message", ({ data }) => data.kind === "answer" && ended.resolve());
    release.abort();
    await assertRejects(() => released, DOMException);
    await ended.promise;
    await client.ask("rate", puzzles[4]);
    assertEquals(workers.length, 1);
  }, workers);
});

Deno.test("the progress of a race is that of all its tasks together", async () => {
  const told: [number, number | null][] = [];
  const reports = [[[2, 10], [4, 10]], [[3, 10], [7, 10]]] as const;
  const clients = reports.map((report) => new TaskClient(() => reportingWorker(report)));
  await askFirst(clients, "generate", [slow, slow], {
    onProgress: (done, of) => told.push([done, of]),
  });
  assertEquals(told, [[2, 10], [4, 10], [7, 10], [11, null]]);
});

/** Returns a worker that reports this progress and then answers. */
function reportingWorker(report: readonly (readonly [number, number])[]): WorkerPort {
  const listeners: ((event: { data: unknown }) => void)[] = [];
  return {
    postMessage(message) {
      const { id } = message as { id: number };
      const reply = (data: object) => listeners.forEach((listen) => listen({ data }));
      queueMicrotask(() => {
        for (const [done, of] of report) reply({ id, kind: "progress", done, of });
        reply({ id, kind: "answer", answer: null });
      });
    },
    addEventListener(type: string, listener: (event: never) => void) {
      if (type === "message") listeners.push(listener as (event: { data: unknown }) => void);
    },
    terminate() {},
  };
}

async function withClient(
  use: (client: TaskClient) => Promise<void>,
  workers: Worker[] = [],
): Promise<void> {
  const client = new TaskClient(() => {
    const worker = startWorker(script);
    workers.push(worker);
    return worker;
  });
  try {
    await use(client);
  } finally {
    client.close();
  }
}

function startWorker(source: string): Worker {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  // Deno supports only module workers. A test above checks that the script is a classic script.
  const worker = new Worker(url, { type: "module" });
  worker.addEventListener("error", (event) => event.preventDefault());
  return worker;
}

async function bundleWorker(): Promise<string> {
  const root = dirname(dirname(dirname(dirname(import.meta.dirname!))));
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["bundle", "--quiet", "--minify", "--platform", "browser", "--format", "iife"],
      join(root, "lib/web/game/worker.ts"),
    ],
    cwd: root,
    stdin: "null",
  }).output();
  assert(success, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}
