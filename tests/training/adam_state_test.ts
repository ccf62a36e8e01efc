import { assert, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { readAdamState, restoreAdamState } from "../../lib/training/adam_state.ts";
import type { NamedTensor } from "../../lib/models/safetensors.ts";
import { useNative, withoutLeaks } from "../support/engine.ts";

Deno.test(
  "a restored Adam takes the same further steps as the original, bit for bit",
  withoutLeaks(async () => {
    await useNative();
    const whole = training();
    whole.take(5);
    const first = training();
    first.take(3);
    const second = training(first.values());
    restoreAdamState(second.optimizer, "adam", first.state());
    assertEquals(second.state(), first.state());
    second.take(2);
    assertEquals(second.values(), whole.values());
    assertEquals(second.state(), whole.state());
    [whole, first, second].forEach((each) => each.dispose());
  }),
);

Deno.test(
  "Adam's state has the powers of both betas and two moments per variable, under the variable's name",
  withoutLeaks(async () => {
    await useNative();
    const one = training();
    one.take(1);
    const state = one.state();
    assertEquals([...state.keys()].sort(), [
      "adam/beta1_power",
      "adam/beta2_power",
      "adam/m/0",
      "adam/m/1",
      "adam/v/0",
      "adam/v/1",
    ]);
    assertEquals(state.get("adam/m/0")!.shape, [3]);
    assertEquals(state.get("adam/v/1")!.shape, [2, 1]);
    assertEquals(state.get("adam/beta1_power")!.shape, []);
    one.dispose();
  }),
);

Deno.test(
  "Adam's restored moments are not trainable variables",
  withoutLeaks(async () => {
    await useNative();
    const [first, second] = [training(), training()];
    first.take(1);
    const countTrainable = () =>
      Object.values(tf.engine().registeredVariables)
        .filter((variable) => variable.trainable).length;
    const before = countTrainable();
    restoreAdamState(second.optimizer, "adam", first.state());
    assertEquals(countTrainable(), before);
    [first, second].forEach((each) => each.dispose());
  }),
);

Deno.test(
  "getWeights lists a restored Adam's moments under their names in the checkpoint",
  withoutLeaks(async () => {
    await useNative();
    const [first, second] = [training(), training()];
    first.take(1);
    restoreAdamState(second.optimizer, "adam", first.state());
    const [iterations, ...moments] = await second.optimizer.getWeights();
    assertEquals(moments.map(({ name }) => name), ["adam/m/0", "adam/m/1", "adam/v/0", "adam/v/1"]);
    iterations.tensor.dispose();
    [first, second].forEach((each) => each.dispose());
  }),
);

Deno.test(
  "an optimizer that has already taken steps cannot be restored",
  withoutLeaks(async () => {
    await useNative();
    const one = training();
    one.take(1);
    const state = one.state();
    const error = assertThrows(() => restoreAdamState(one.optimizer, "adam", state));
    assert(String(error).includes("it has already taken steps"));
    one.dispose();
  }),
);

Deno.test(
  "a state with a missing or misshapen moment or power is not restored",
  withoutLeaks(async () => {
    await useNative();
    const first = training();
    first.take(2);
    const whole = first.state();
    const faults: [string, (state: Map<string, NamedTensor>) => void, string][] = [
      ["a missing last slot", (state) => state.delete("adam/v/1"), "no tensor 'adam/v/1'"],
      ["a gap", (state) => state.delete("adam/m/0"), "no tensor 'adam/m/0'"],
      [
        "a different shape",
        (state) => state.set("adam/m/0", state.get("adam/m/1")!),
        "shapes 2x1 and 3",
      ],
      [
        "a missing power",
        (state) => state.delete("adam/beta1_power"),
        "no number 'adam/beta1_power'",
      ],
      [
        "a power that is a vector",
        (state) => state.set("adam/beta2_power", state.get("adam/m/0")!),
        "no number 'adam/beta2_power'",
      ],
    ];
    for (const [name, spoil, message] of faults) {
      const second = training();
      const state = new Map(whole);
      spoil(state);
      const error = assertThrows(() => restoreAdamState(second.optimizer, "adam", state));
      assert(String(error).includes(message), `${name}: ${error}`);
      second.dispose();
    }
    first.dispose();
  }),
);

function training(from: readonly (readonly number[])[] = [[0, .5, 3], [2, 7]]) {
  const variables = [
    tf.tidy(() => tf.variable(tf.tensor1d([...from[0]]))),
    tf.tidy(() => tf.variable(tf.tensor2d([...from[1]], [2, 1]))),
  ];
  const optimizer = tf.train.adam(.1, .6, .95);
  const apply: (gradients: tf.NamedTensorMap) => void = (gradients) =>
    (optimizer as tf.Optimizer).applyGradients(gradients);
  const loss = () => tf.addN(variables.map((variable) => variable.sub(1).square().sum()));
  return {
    optimizer,
    take(steps: number) {
      for (let i = 0; i < steps; i++) {
        tf.tidy(() => {
          const { grads } = tf.variableGrads(
            loss as () => tf.Scalar,
            variables,
          );
          apply(grads);
        });
      }
    },
    values: () => variables.map((variable) => [...variable.dataSync()]),
    state() {
      const tensors = new Map<string, NamedTensor>();
      readAdamState(optimizer, "adam", tensors);
      return tensors;
    },
    dispose() {
      variables.forEach((variable) => variable.dispose());
      optimizer.dispose();
    },
  };
}
