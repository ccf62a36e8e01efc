import type { Mnist } from "../../dataset/mnist.ts";
import { classificationAccuracyScore } from "./accuracy_score.ts";
import { accuracyScoreName } from "./accuracy_score_name.ts";
import { mostProbable } from "../metrics/class_scores.ts";
import { type ImageSet, setOf, toByteImages } from "../readers/image_set.ts";
import type { Score } from "./score.ts";
import { CLASSES } from "../../models/classifier.ts";
import type { Classifier } from "../../models/classifier_weights.ts";
import { classify } from "../../models/classify.ts";
import { cachedJson } from "../../system/cached_json.ts";
import { type EvaluateOptions, SCORES_VERSION } from "./evaluate_options.ts";
import { takeSome } from "./open_target.ts";

/**
 * Returns the classification accuracy score of a set of images. The floor of the score is the score
 * that the same number of MNIST's training images gets.
 *
 * @param classifiers the number of classifiers whose scores are averaged
 */
export async function accuracyScore(
  target: ImageSet,
  { train, test }: Mnist,
  classifier: Classifier,
  classifiers: number,
  { seed, cache, onProgress }: EvaluateOptions,
): Promise<Score> {
  const measure = async (set: ImageSet): Promise<Pick<Score, "value" | "spread">> => {
    const images = await toByteImages(set);
    const labels = mostProbable(await classify(classifier, images), CLASSES);
    const { accuracy, deviation } = await classificationAccuracyScore(
      { images, labels },
      test,
      {
        seed,
        classifiers,
        onProgress: (done, steps) =>
          onProgress?.(`Training classifiers on ${set.name}`, done, steps),
      },
    );
    return { value: accuracy, ...(deviation !== undefined && { spread: deviation }) };
  };
  const samples = target.count;
  const real = takeSome(setOf("MNIST's training images", train.images), {
    samples,
    seed,
  });
  const name = accuracyScoreName(classifiers);
  const of = [name, SCORES_VERSION, classifier.hash, samples, seed];
  return {
    name,
    ...await measure(target),
    floor: (await cachedJson(cache, of, () => measure(real))).value,
    better: "higher",
  };
}
