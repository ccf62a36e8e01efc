import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { compile, CompileError } from "../../../lib/compile/mod.ts";
import { DeferredOperations } from "../../../lib/compile/deferred/deferred_operations.ts";
import {
  type Binding,
  nativeBackend,
  type OperationAttribute,
} from "../../../lib/native/native_backend.ts";
import { useNative } from "../../support/engine.ts";

Deno.test("an operation runs when another one needs its value, and once", async () => {
  await useNative();
  using watched = watch();
  const { backend, operations, run, runs } = watched;
  const before = backend.binding.getNumOfTensors();
  const x = tf.tensor1d([0.5, -2]);
  const [id] = backend.getInputTensorIds([x]);
  operations.during(() => {
    const [tanh] = run("Tanh", id);
    const [square] = run("Square", tanh.id);
    assertEquals([tanh.shape, square.shape, runs], [[2], [2], []]);
    // No rule covers this operation.
    const [rounded] = run("Rint", square.id);
    assertEquals(runs, ["Tanh", "Square", "Rint"]);
    assertEquals([...backend.binding.tensorDataSync(rounded.id)], [0, 1]);
    const [value] = backend.binding.tensorDataSync(operations.compute(tanh.id));
    assertAlmostEquals(value, Math.tanh(0.5), 1e-6);
    assertEquals(runs.length, 3);
    backend.binding.deleteTensor(rounded.id);
  });
  x.dispose();
  assertEquals(backend.binding.getNumOfTensors(), before);
});

Deno.test("a tensor that outlives the call has its value, even if its inputs are gone", async () => {
  await useNative();
  using watched = watch();
  const { backend, operations, run, runs } = watched;
  const before = backend.binding.getNumOfTensors();
  const kept = operations.during(() => {
    const id = backend.binding.createTensor([2], 1, new Float32Array([3, 4]));
    const [square] = run("Square", id);
    const [unused] = run("Exp", id);
    const [root] = run("Sqrt", square.id);
    backend.binding.deleteTensor(id);
    backend.createOutputTensor(unused).dispose();
    return backend.createOutputTensor(root);
  });
  assertEquals(runs, ["Square", "Sqrt"]);
  assertEquals([...kept.dataSync()], [3, 4]);
  kept.dispose();
  assertEquals(backend.binding.getNumOfTensors(), before);
});

Deno.test("what a refused call leaves behind can be used", async () => {
  await useNative();
  const before = nativeBackend().binding.getNumOfTensors();
  const left: tf.Tensor[] = [];
  const step = compile((x: tf.Tensor) => {
    left.push(tf.keep(x.square().add(1)), tf.variable(x.mul(2)));
    x.sum().dataSync();
    return x;
  });
  const x = tf.tensor1d([1, 2]);
  assertThrows(() => step(x), CompileError, "read a tensor's data");
  assertEquals(left.map((one) => [...one.dataSync()]), [[2, 5], [2, 4]]);
  step.dispose();
  tf.dispose([x, ...left]);
  assertEquals(nativeBackend().binding.getNumOfTensors(), before);
});

/** Returns deferred operations of which the test knows what TensorFlow runs. */
function watch() {
  const backend = nativeBackend();
  const { binding } = backend;
  const runs: string[] = [];
  const executeOp: Binding["executeOp"] = (name, ...rest) => {
    runs.push(name);
    return binding.executeOp(name, ...rest);
  };
  backend.binding = Object.create(binding, { executeOp: { value: executeOp } });
  const operations = new DeferredOperations(backend);
  const attributes: OperationAttribute[] = [{ name: "T", type: binding.TF_ATTR_TYPE, value: 1 }];
  return {
    ...{ backend, operations, runs },
    /** Runs or defers an operation on two floats. */
    run: (name: string, input: number) =>
      operations.run({ name, attributes, inputs: [input], outputs: 1 }, () => ({
        shape: [2],
        dtype: 1,
      })),
    [Symbol.dispose]: () => void (backend.binding = binding),
  };
}
