import { assert, assertEquals, assertRejects } from "@std/assert";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { provision, type ProvisionOptions } from "../../../lib/engine/provision.ts";
import {
  makeSandbox,
  makeWheel,
  namesIn,
  type Sandbox,
  serveOfficial,
  tinyWheel,
  writeCompiler,
  writePython,
} from "../../support/provision_sandbox.ts";

Deno.test("an abort during the official download leaves no files, and the next attempt works", async () => {
  await using sandbox = await makeSandbox();
  const valve = makeValve();
  await using server = await serveOfficial(sandbox.folder, valve);
  const options = { ...sandbox.options, ...server.options };
  await assertAborts(options, ({ doneBytes }) => doneBytes! > 0);
  await assertNothingLeft(sandbox);
  valve.open();
  assertEquals((await provision(options)).ok, true);
});

for (const step of ["wheel", "compile"] as const) {
  Deno.test(`an abort in the step ${step} ends the program of that step, and the next attempt works`, async () => {
    await using sandbox = await makeSandbox();
    const { folder } = sandbox;
    const { path, wheel } = await makeWheel(folder, tinyWheel);
    const scripts = {
      wheel: `cp ${path} "$dest"`,
      compile: `echo addon > "$output"`,
    };
    const programs = async (): Promise<ProvisionOptions> => ({
      ...sandbox.options,
      wheel,
      pythons: [await writePython(folder, scripts.wheel)],
      compilers: [await writeCompiler(folder, scripts.compile)],
    });
    const working = scripts[step];
    scripts[step] = `echo $$ > ${folder}/pid; exec sleep 600`;
    const options = await programs();
    await assertAborts(
      options,
      ({ step: found, message }) => found === step && !message.includes("failed"),
      `${folder}/pid`,
    );
    assert(!await isRunning(`${folder}/pid`), "the program still runs");
    await assertNothingLeft(sandbox);
    scripts[step] = working;
    assertEquals((await provision(await programs())).ok, true);
  });
}

Deno.test("waiting for another process can be aborted", async () => {
  await using sandbox = await makeSandbox();
  await Deno.mkdir(sandbox.cacheFolder);
  using lock = await Deno.open(`${sandbox.cacheFolder}/lock`, {
    write: true,
    create: true,
  });
  await lock.lock(true);
  await assertAborts(sandbox.options, ({ step }) => step === "wait");
});

Deno.test("one of two simultaneous processes does the work, and the other waits for it", async () => {
  await using sandbox = await makeSandbox();
  const valve = makeValve();
  await using server = await serveOfficial(sandbox.folder, valve);
  const options = { ...sandbox.options, ...server.options };
  await using first = startChild(options);
  await first.until((line) => line.doneBytes! > 0);
  await using second = startChild(options);
  await second.until((line) => line.step === "wait");
  valve.open();
  const outcomes = await Promise.all([
    first.until((line) => line.ok !== undefined),
    second.until((line) => line.ok !== undefined),
  ]);
  assertEquals(outcomes.map(({ ok, route }) => [ok, route]), [
    [true, "official"],
    [true, "present"],
  ]);
  assertEquals(server.requests, ["library.tar.gz", "addon.tar.gz"]);
});

Deno.test("the next process removes the files of a killed one, without waiting", async () => {
  await using sandbox = await makeSandbox();
  const valve = makeValve();
  await using server = await serveOfficial(sandbox.folder, valve);
  const options = { ...sandbox.options, ...server.options };
  {
    await using killed = startChild(options);
    await killed.until((line) => line.doneBytes! > 0);
  }
  assertEquals(await namesIn(sandbox.cacheFolder), ["lock", "work"]);
  valve.open();
  assertEquals((await provision(options)).ok, true);
  const left = await namesIn(sandbox.cacheFolder);
  assertEquals(left.length, 2);
  assertEquals(left.includes("work"), false);
  assertEquals(sandbox.reports.some(({ step }) => step === "wait"), false);
});

/**
 * Creates a valve for the responses of a test server. A response sends its first 20 bytes, and then
 * waits until the valve is opened.
 */
function makeValve() {
  const opened = Promise.withResolvers<void>();
  return {
    open: opened.resolve,
    answer: (bytes: Uint8Array<ArrayBuffer>) =>
      new Response(
        new ReadableStream({
          async start(controller) {
            controller.enqueue(bytes.subarray(0, 20));
            await opened.promise;
            try {
              controller.enqueue(bytes.subarray(20));
              controller.close();
            } catch {
              // The client has closed the connection.
            }
          },
        }),
      ),
  };
}

type Report = Parameters<NonNullable<ProvisionOptions["onReport"]>>[0];

/** Aborts at the first matching report, or once the named file has been written. */
async function assertAborts(
  options: ProvisionOptions,
  fits: (report: Report) => boolean,
  file?: string,
): Promise<void> {
  const controller = new AbortController();
  let aborting = Promise.resolve();
  await assertRejects(
    () =>
      provision({
        ...options,
        signal: controller.signal,
        onReport: (report) => {
          if (!fits(report)) return;
          aborting = (async () => {
            while (file && !await readPid(file)) await pause();
            controller.abort(new Error("stopped by the test"));
          })();
        },
      }),
    Error,
    "stopped by the test",
  );
  await aborting;
}

async function assertNothingLeft(sandbox: Sandbox): Promise<void> {
  assertEquals(await namesIn(sandbox.cacheFolder), ["lock"]);
  assertEquals(await namesIn(`${sandbox.packageFolder}/deps/lib`), []);
  assertEquals(await namesIn(`${sandbox.packageFolder}/lib/napi-v8`), []);
}

/** Returns the number in a file, or an empty string until it is written. */
async function readPid(path: string): Promise<string> {
  return (await Deno.readTextFile(path).catch(() => "")).trim();
}

async function isRunning(pidFile: string): Promise<boolean> {
  const { success } = await new Deno.Command("kill", {
    args: ["-0", await readPid(pidFile)],
    stderr: "null",
  }).output();
  return success;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10));
}

interface ChildLine extends Partial<Report> {
  readonly ok?: boolean;
  readonly route?: string;
}

interface Child extends AsyncDisposable {
  until(fits: (line: ChildLine) => boolean): Promise<ChildLine>;
}

/** Provisions in its own process, which is killed at the end if it still runs. */
function startChild(
  { onReport: _, check: __, ...options }: ProvisionOptions,
): Child {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--allow-all", "--no-check"],
      new URL("../../support/provision_child.ts", import.meta.url).pathname,
      JSON.stringify(options),
    ],
    stdout: "piped",
  }).spawn();
  const input = Readable.fromWeb(child.stdout as never);
  const lines = createInterface({ input })[Symbol.asyncIterator]();
  return {
    async until(fits) {
      for (;;) {
        const { value, done } = await lines.next();
        if (done) throw new Error("the child ended before that");
        const line: ChildLine = JSON.parse(value);
        if (fits(line)) return line;
      }
    },
    async [Symbol.asyncDispose]() {
      try {
        child.kill("SIGKILL");
      } catch {
        // The process has already ended.
      }
      await child.status;
      await lines.return?.();
      input.destroy();
    },
  };
}
