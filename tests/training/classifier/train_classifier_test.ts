import { assert, assertEquals, assertLess, assertNotEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { judgeAnswers } from "../../../lib/evaluation/classifier/judge_answers.ts";
import { applyModel } from "../../../lib/models/classify.ts";
import { restoreCheckpoint, saveCheckpoint } from "../../../lib/training/checkpoint.ts";
import type { TrainClassifierOptions } from "../../../lib/training/classifier/options.ts";
import {
  trainClassifier,
  trainClassifierSteps,
} from "../../../lib/training/classifier/train_classifier.ts";
import {
  classifierState,
  type ClassifierTrainee,
  createClassifier,
  disposeClassifier,
} from "../../../lib/training/classifier/trainee.ts";
import { OptionsError } from "../../../lib/system/parse_options.ts";
import { DivergedError } from "../../../lib/training/diverged_error.ts";
import { countGraphs, useNative, withoutLeaks } from "../../support/engine.ts";
import { toyClassifierOptions, toyDigits } from "../../support/toy_digits.ts";

Deno.test(
  "a classifier learns ten kinds of pictures and reads unseen ones",
  withoutLeaks(async () => {
    await useNative();
    const { images, labels } = toyDigits(480);
    const { epochs: _, ...options } = toyClassifierOptions({ steps: 150 });
    const model = await trainClassifier(images, labels, options);
    const unseen = toyDigits(200, 2);
    const logits = await applyModel(model, unseen.images);
    assertLess(judgeAnswers(logits, unseen.labels, 1).scores.error, 0.05);
    model.dispose();
  }),
);

Deno.test(
  "a classifier resumed from a checkpoint ends with the same bits",
  withoutLeaks(async () => {
    await useNative();
    const data = toyDigits(50);
    const options = toyClassifierOptions({ steps: 9, dropout: 0.3 });
    const whole = createClassifier(options, data.images);
    await train(whole, 0, 9);
    const expected = weightsOf(whole);
    disposeClassifier(whole);
    for (const cut of [1, 4, 8]) {
      const path = await Deno.makeTempFile();
      const first = createClassifier(options, data.images);
      await train(first, 0, cut);
      await saveCheckpoint(path, classifierState(first), { step: cut });
      disposeClassifier(first);
      const second = createClassifier(options, data.images);
      await restoreCheckpoint(path, classifierState(second));
      await train(second, cut, 9);
      assertEquals(weightsOf(second), expected, `cut after step ${cut}`);
      disposeClassifier(second);
    }

    async function train(
      trainee: ClassifierTrainee,
      from: number,
      to: number,
    ): Promise<void> {
      const reports = trainClassifierSteps(trainee, data, options, from);
      for await (const { step } of reports) if (step === to) break;
    }
  }),
);

for (const change of [{ shift: 2 }, { rotation: 20 }, { scale: .2 }, { dropout: .5 }]) {
  Deno.test(
    `augmentation or dropout changes the first loss: ${JSON.stringify(change)}`,
    withoutLeaks(async () => {
      await useNative();
      const data = toyDigits(16);
      const firstLoss = async (changes: Partial<TrainClassifierOptions>) => {
        const still = { dropout: 0, shift: 0, rotation: 0, scale: 0 };
        const options = toyClassifierOptions({ steps: 1, ...still, ...changes });
        const trainee = createClassifier(options, data.images);
        const [{ loss }] = await Array.fromAsync(trainClassifierSteps(trainee, data, options));
        disposeClassifier(trainee);
        return loss;
      };
      assertNotEquals(await firstLoss(change), await firstLoss({}));
    }),
  );
}

Deno.test(
  "losses with augmentation and dropout depend on the seed, and the steps leak no tensors",
  withoutLeaks(async () => {
    await useNative();
    const data = toyDigits(64);
    const lossesOf = async (seed: number) => {
      const options = toyClassifierOptions({ steps: 4, shift: 2, seed });
      const trainee = createClassifier(options, data.images);
      const losses: number[] = [];
      const tensors = new Set<number>();
      for await (
        const { loss } of trainClassifierSteps(trainee, data, options)
      ) {
        losses.push(loss);
        if (losses.length > 1) tensors.add(tf.memory().numTensors);
      }
      assertEquals(tensors.size, 1);
      disposeClassifier(trainee);
      return losses;
    };
    const losses = await lossesOf(1);
    assertEquals(await lossesOf(1), losses);
    assertNotEquals(await lossesOf(2), losses);
  }),
);

Deno.test(
  "the graph of the training step is freed when the caller stops",
  withoutLeaks(async () => {
    await useNative();
    const data = toyDigits(32);
    const options = toyClassifierOptions({ steps: 3 });
    const trainee = createClassifier(options, data.images);
    const before = countGraphs();
    for await (const { step } of trainClassifierSteps(trainee, data, options)) {
      // The first step creates the optimizer's variables, so only the second step is traced.
      if (step < 2) continue;
      assertEquals(countGraphs(), before + 1);
      break;
    }
    assertEquals(countGraphs(), before);
    disposeClassifier(trainee);
  }),
);

Deno.test(
  "a loss that is not finite ends the training with an error that names step and remedy",
  withoutLeaks(async () => {
    await useNative();
    const data = toyDigits(32);
    const options = toyClassifierOptions();
    const trainee = createClassifier(options, data.images);
    const layer = trainee.model.getLayer("logits");
    tf.tidy(() => layer.setWeights(layer.getWeights().map((w) => w.mul(NaN))));
    const error = await assertRejects(
      () => Array.fromAsync(trainClassifierSteps(trainee, data, options)),
      DivergedError,
    );
    assert(
      /step 1: the classifier's loss is NaN\. Try a lower learning rate/.test(error.message),
      error.message,
    );
    disposeClassifier(trainee);
  }),
);

Deno.test(
  "training that fails frees its network, and training that succeeds returns it",
  withoutLeaks(async () => {
    await useNative();
    const { images, labels } = toyDigits(32);
    const { epochs: _, ...options } = toyClassifierOptions({
      ...{ steps: 2, shift: 0, rotation: 0, scale: 0 },
    });
    // Missing pixels become NaN.
    const broken = { ...images, pixels: images.pixels.subarray(0, 1000) };
    await assertRejects(
      () => trainClassifier(broken, labels, options),
      DivergedError,
    );
    const model = await trainClassifier(images, labels, options);
    assertEquals((await applyModel(model, images)).length, 320);
    model.dispose();
  }),
);

Deno.test("a checkpoint names the classifier's weights and its optimizer", async () => {
  await useNative();
  const trainee = createClassifier(toyClassifierOptions(), toyDigits(1).images);
  const { networks, optimizers } = classifierState(trainee);
  assertEquals(Object.entries(networks), [["classifier", trainee.model]]);
  assertEquals(Object.entries(optimizers), [["adam", trainee.optimizer]]);
  disposeClassifier(trainee);
});

Deno.test("trainClassifier refuses wrong options by name", async () => {
  const { images, labels } = toyDigits(8);
  await assertRejects(
    () => trainClassifier(images, labels, { epochs: 0 }),
    OptionsError,
    "epochs",
  );
});

function weightsOf({ model }: ClassifierTrainee): number[][] {
  return model.getWeights().map((weight) => [...weight.dataSync()]);
}
