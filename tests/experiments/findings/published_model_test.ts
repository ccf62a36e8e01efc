import { assert, assertEquals } from "@std/assert";
import {
  checkGoals,
  describeOrigin,
  readPublished,
  recipeChanges,
} from "../../../lib/experiments/findings/published_model.ts";
import { base } from "../../../lib/experiments/experiment.ts";
import { committedFolder } from "../../../lib/models/weights.ts";

Deno.test("a recipe differs from the base by its options, not by seed or length", () => {
  const changes = recipeChanges({ ...base.options, seed: 9, epochs: 7, dropout: 0.5 });
  assertEquals(changes, { dropout: 0.5 });
});

Deno.test("a recipe is the search's leader if both change the base alike", () => {
  const changes = { dropout: 0.5, beta1: 0 };
  const opening = (leader: object | undefined) =>
    /^(The committed files|It is not|It is)/.exec(describeOrigin({ changes }, leader))?.[0];
  assertEquals(opening(undefined), "The committed files");
  assertEquals(opening({ ...base.options, beta1: 0, dropout: 0.5, seed: 7, steps: 9 }), "It is");
  assertEquals(opening({ ...base.options, dropout: 0.5 }), "It is not");
});

Deno.test("goals are reached from their own side", () => {
  const scores = new Map([
    ["digit_fid", { mean: 18.9, deviation: 1, floor: 1.9 }],
    ["lenet_fid", { mean: 0.2 }],
    ["precision", { mean: 0.91 }],
    ["recall", { mean: 0.59 }],
  ]);
  const found = checkGoals({ scores }).map(({ label, goal, isReached }) => [
    label,
    goal,
    isReached,
  ]);
  assertEquals(found, [
    ["digit-FID", "at most 18.8", false],
    ["LeNet-FID", "at most 0.2", true],
    ["precision", "at least 0.9", true],
    ["recall", "at least 0.6", false],
  ]);
});

Deno.test("the committed generator has a recipe, a length and a score for every goal", async () => {
  const published = await readPublished(committedFolder("generator"));
  assert(/^[1-9][\d,]* (epochs|steps)$/.test(published.length), published.length);
  assertEquals(published.seeds.length > 1, true);
  assertEquals(recipeChanges({ ...base.options, ...published.changes }), published.changes);
  assertEquals(recipeChanges(published.options), published.changes);
  assertEquals(checkGoals(published).length, 8);
});
