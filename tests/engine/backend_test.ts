import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStrictEquals,
  assertStringIncludes,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  type EngineChoice,
  engineChoices,
  EngineError,
  type Provision,
  startEngine,
} from "../../lib/engine/backend.ts";
import { measureProduct } from "../../lib/engine/measure.ts";
import { countThreads } from "../../lib/native/threads.ts";
import { findLibrary } from "../../lib/native/library.ts";

/**
 * Fails in the same way as provisioning does on a machine without a network connection or a
 * compiler.
 */
const fails: Provision = () =>
  Promise.resolve({
    ok: false,
    attempts: [
      { route: "official", problem: "no answer within 5 s" },
      { route: "wheel", problem: "wanted g++, found none" },
    ],
    advice: "The native engine needs a C++ compiler.",
  });

Deno.test("an unknown engine is refused with a list of the known ones", async () => {
  await assertRejects(
    () => startEngine({ engine: "gpu" as EngineChoice }),
    EngineError,
    "There is no engine 'gpu'; the engines are native, wasm, cpu, auto.",
  );
});

Deno.test("if native is requested and cannot be set up, the error states a reason and gives advice", async () => {
  const error = await assertRejects(
    () => startEngine({ engine: "native", provision: fails }),
    EngineError,
  );
  assertStringIncludes(error.message, "official: no answer within 5 s");
  assertStringIncludes(error.message, "wheel: wanted g++, found none");
  assertStringIncludes(error.message, "needs a C++ compiler");
});

Deno.test("an interruption during set-up throws, and no other engine is tried", async () => {
  const controller = new AbortController();
  const provision: Provision = ({ signal }) => {
    controller.abort(new Error("stop"));
    signal!.throwIfAborted();
    return fails({});
  };
  await assertRejects(
    () => startEngine({ provision, signal: controller.signal }),
    Error,
    "stop",
  );
});

Deno.test("if native cannot be set up, wasm is chosen and the reason is recorded", async () => {
  const engine = await startEngine({ engine: "auto", provision: fails });
  assertEquals([engine.name, tf.getBackend()], ["wasm", "wasm"]);
  assertMatch(engine.reason, /^wasm, because native .*found none.*compiler\.$/);
  assertEquals([engine.threads, engine.oneDnn], [1, false]);
});

Deno.test("starting the same engine again returns the same object without another set-up", async () => {
  const first = await startEngine({ engine: "auto", provision: fails });
  const provision: Provision = () => {
    throw new Error("set up again");
  };
  assertStrictEquals(await startEngine({ provision }), first);
});

Deno.test("native reports the loaded versions, threads and library", async () => {
  const engine = await startEngine({ engine: "native" });
  assertEquals([engine.name, tf.getBackend()], ["native", "tensorflow"]);
  assertMatch(engine.versions["tensorflow"]!, /^2\.\d+\.\d+$/);
  assertEquals(engine.versions["tfjs-node"], engine.versions["tfjs"]);
  assertEquals(
    engine.reason,
    `native TensorFlow ${engine.versions["tensorflow"]} is in place`,
  );
  assertEquals(engine.threads, countThreads());
  const library = await findLibrary();
  assert(library.length > 0, "no library found");
  for (const path of library) assert((await Deno.stat(path)).isFile, path);
});

Deno.test("starting a different engine switches to it, and existing tensors stay readable", async () => {
  const tensor = tf.tensor1d([1, 2, 3]);
  for (const engine of ["cpu", "wasm", "native"] as const) {
    assertEquals((await startEngine({ engine })).name, engine);
    assertEquals([...tensor.square().dataSync()], [1, 4, 9], engine);
  }
  tensor.dispose();
});

Deno.test("measuring a matrix product leaks no tensors and returns operations per second", async () => {
  await startEngine({ engine: "native" });
  const before = tf.memory().numTensors;
  const gigaflops = measureProduct(64);
  assert(gigaflops > 0 && Number.isFinite(gigaflops), `${gigaflops}`);
  assertEquals(tf.memory().numTensors, before);
});

for (const engine of engineChoices) {
  Deno.test(`starting the engine ${engine} prints nothing`, async () => {
    const { stdout, stderr } = await runInChild(engine);
    const { sum } = JSON.parse(stdout);
    assertEquals([sum, stderr], [58, ""]);
  });
}

Deno.test("TensorFlow's log is printed on request", async () => {
  const { stderr } = await runInChild("native", {
    env: { TF_CPP_MIN_LOG_LEVEL: "0" },
  });
  assertStringIncludes(stderr, "tensorflow/core/");
});

Deno.test("if native is installed but cannot be loaded, wasm is chosen and the reason is recorded", async () => {
  // The addon does not load without permission to call foreign code.
  const { stdout, stderr } = await runInChild("auto", {
    permissions: ["--allow-read", "--allow-env"],
  });
  assertEquals(stderr, "");
  const { name, reason } = JSON.parse(stdout);
  assertEquals(name, "wasm");
  assertMatch(reason, /could not be loaded \(.*ffi.*deno task engine/i);
});

/** The process prints the engine's name and the sum of a small matrix product. */
async function runInChild(
  engine: EngineChoice,
  { env = {}, permissions = ["--allow-all"] }: {
    readonly env?: Readonly<Record<string, string>>;
    readonly permissions?: readonly string[];
  } = {},
): Promise<{ stdout: string; stderr: string }> {
  // This process has already silenced TensorFlow, and the child must not inherit the setting.
  const { TF_CPP_MIN_LOG_LEVEL: _, ...inherited } = Deno.env.toObject();
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", ...permissions, "--no-prompt", "--no-check", "--ext=ts", "-"],
    cwd: import.meta.dirname!,
    clearEnv: true,
    env: { ...inherited, ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const backend = import.meta.resolve("../../lib/engine/backend.ts");
  const script = new Blob([`
    import * as tf from "@tensorflow/tfjs";
    import { startEngine } from "${backend}";
    const engine = await startEngine({ engine: "${engine}" });
    const a = tf.tensor2d([[1, 2], [3, 4]]);
    const sum = tf.matMul(a, a, true, false).sum().dataSync()[0];
    console.log(JSON.stringify({ ...engine, sum }));`]);
  await script.stream().pipeTo(command.stdin);
  const { stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  return { stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}
