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

/** As provisioning ends on a machine with neither network nor compiler. */
const fails: Provision = () =>
  Promise.resolve({
    ok: false,
    attempts: [
      { route: "official", problem: "no answer within 5 s" },
      { route: "wheel", problem: "wanted g++, found none" },
    ],
    advice: "The native engine needs a C++ compiler.",
  });

Deno.test("an engine that does not exist is refused with the ones that do", async () => {
  await assertRejects(
    () => startEngine({ engine: "gpu" as EngineChoice }),
    EngineError,
    "There is no engine 'gpu'; the engines are native, wasm, cpu, auto.",
  );
});

Deno.test("native, asked for where it cannot be set up, is an error that says why and what to do", async () => {
  const error = await assertRejects(
    () => startEngine({ engine: "native", provision: fails }),
    EngineError,
  );
  assertStringIncludes(error.message, "official: no answer within 5 s");
  assertStringIncludes(error.message, "wheel: wanted g++, found none");
  assertStringIncludes(error.message, "needs a C++ compiler");
});

Deno.test("an interruption ends the choice of an engine instead of leading to the next one", async () => {
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

Deno.test("where native cannot be set up, wasm is chosen and the reason says why", async () => {
  const engine = await startEngine({ engine: "auto", provision: fails });
  assertEquals([engine.name, tf.getBackend()], ["wasm", "wasm"]);
  assertMatch(engine.reason, /^wasm, because native .*found none.*compiler\.$/);
  assertEquals([engine.threads, engine.oneDnn], [1, false]);
});

Deno.test("a choice that was made stays: the same engine, and nothing is set up again", async () => {
  const first = await startEngine({ engine: "auto", provision: fails });
  const provision: Provision = () => {
    throw new Error("set up again");
  };
  assertStrictEquals(await startEngine({ provision }), first);
});

Deno.test("native tells the versions, threads and library of what is loaded", async () => {
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

Deno.test("another choice switches, and tensors move along", async () => {
  const tensor = tf.tensor1d([1, 2, 3]);
  for (const engine of ["cpu", "wasm", "native"] as const) {
    assertEquals((await startEngine({ engine })).name, engine);
    assertEquals([...tensor.square().dataSync()], [1, 4, 9], engine);
  }
  tensor.dispose();
});

Deno.test("measuring a product leaves no tensors and yields a number of operations a second", async () => {
  await startEngine({ engine: "native" });
  const before = tf.memory().numTensors;
  const gigaflops = measureProduct(64);
  assert(gigaflops > 0 && Number.isFinite(gigaflops), `${gigaflops}`);
  assertEquals(tf.memory().numTensors, before);
});

for (const engine of engineChoices) {
  Deno.test(`nothing but the program's own output appears when it starts the engine ${engine}`, async () => {
    const { stdout, stderr } = await runInChild(engine);
    const { sum } = JSON.parse(stdout);
    assertEquals([sum, stderr], [58, ""]);
  });
}

Deno.test("TensorFlow's log appears when it is asked for", async () => {
  const { stderr } = await runInChild("native", {
    env: { TF_CPP_MIN_LOG_LEVEL: "0" },
  });
  assertStringIncludes(stderr, "tensorflow/core/");
});

Deno.test("where native is in place but cannot be loaded, wasm is chosen and the reason says why", async () => {
  // Without leave to call foreign code the addon does not load.
  const { stdout, stderr } = await runInChild("auto", {
    permissions: ["--allow-read", "--allow-env"],
  });
  assertEquals(stderr, "");
  const { name, reason } = JSON.parse(stdout);
  assertEquals(name, "wasm");
  assertMatch(reason, /could not be loaded \(.*ffi.*deno task engine/i);
});

/**
 * Starts the engine in a process of its own, which prints what it is and the sum of a small matrix
 * product.
 */
async function runInChild(
  engine: EngineChoice,
  { env = {}, permissions = ["--allow-all"] }: {
    readonly env?: Readonly<Record<string, string>>;
    readonly permissions?: readonly string[];
  } = {},
): Promise<{ stdout: string; stderr: string }> {
  // This process has silenced TensorFlow already: the child is not to inherit that.
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
