import { assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { Job } from "kubernetes-models/batch/v1";
import { parse } from "yaml";
import { program } from "../../support/program.ts";

const path = new URL(
  "../../../lib/experiments/cluster/kubernetes_job.yaml",
  import.meta.url,
);

Deno.test("the Kubernetes manifest is a valid Job in the API's schema", async () => {
  const manifest = parse(await Deno.readTextFile(path));
  new Job(manifest).validate();
  // A manifest with a mistake does not match the schema.
  const { spec } = manifest;
  for (
    const wrong of [
      { ...spec, completions: "eight" },
      { ...spec, completionMode: 1 },
      { ...spec, template: undefined },
    ]
  ) {
    assertThrows(() => new Job({ ...manifest, spec: wrong }).validate());
  }
});

Deno.test("the Job is indexed, has one shard per pod, and restarts failed pods", async () => {
  const { spec } = parse(await Deno.readTextFile(path));
  const { template: { spec: pod } } = spec;
  const [{ env, args }] = pod.containers;
  const shards = env.find(({ name }: { name: string }) => name === "SHARDS");
  assertEquals(spec.completionMode, "Indexed");
  assertEquals([spec.parallelism, Number(shards.value)], [
    spec.completions,
    spec.completions,
  ]);
  // If there is a limit per index, the API accepts no other restart policy.
  assertEquals([pod.restartPolicy, spec.backoffLimitPerIndex > 0], [
    "Never",
    true,
  ]);
  assertEquals(await shardOf(args[0], 3), "4/8");
});

Deno.test("the container's command is one that deno task experiments accepts", async () => {
  const { spec } = parse(await Deno.readTextFile(path));
  const [{ args: [command] }] = spec.template.spec.containers;
  const task = "exec deno task experiments run";
  assertStringIncludes(command, task);
  assertMatch(command, /--lenet \S+/);
  const dryRun = `exec deno run -A ${program("experiments")} run --dry-run`;
  const folder = await Deno.makeTempDir();
  const { stdout, stderr } = await new Deno.Command("bash", {
    args: ["-c", `${command.replace(task, dryRun)} --root ${folder}`],
    env: { SHARDS: "8", JOB_COMPLETION_INDEX: "7" },
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  // The two tables have 13 experiments with 3 seeds each.
  assertMatch(decode(stdout), /^[45] cells: [45] absent/, decode(stderr));
});

/** A stand-in for `deno` prints the container's arguments. */
async function shardOf(command: string, index: number): Promise<string> {
  const { stdout } = await new Deno.Command("bash", {
    args: ["-c", command.replace(/^exec deno/, "echo")],
    env: { SHARDS: "8", JOB_COMPLETION_INDEX: String(index) },
  }).output();
  return / --shard (\S+)/.exec(new TextDecoder().decode(stdout))![1];
}
