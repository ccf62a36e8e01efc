/** The real wheel, compiler and TensorFlow: 250 MB and half a minute, so only where SUDOGAN_TEST_PROVISION is `full`. */
import { assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { provision } from "../../../lib/engine/provision.ts";
import { runCommand } from "../../../lib/engine/provision/run_command.ts";
import { makeSandbox, namesIn } from "../../support/provision_sandbox.ts";

Deno.test({
  name:
    "TensorFlow's own wheel becomes an engine that computes, and its second use is instant",
  ignore: Deno.env.get("SUDOGAN_TEST_PROVISION") !== "full",
  async fn() {
    await using sandbox = await makeSandbox();
    const { packageFolder, cacheFolder, reports } = sandbox;
    const binding = new URL("binding", installedPackage());
    await Deno.symlink(fileURLToPath(binding), `${packageFolder}/binding`);
    const options = {
      packageFolder,
      cacheFolder,
      // The official route fails at once, whatever the network.
      official: sandbox.options.official!,
      onReport: sandbox.options.onReport!,
      check: (signal?: AbortSignal) => loadAddon(packageFolder, signal),
    };
    const outcome = await provision(options);
    assertEquals(outcome.ok && outcome.route, "wheel", JSON.stringify(outcome));
    const last = reports.filter(({ message }) => message.includes("with pip"))
      .at(-1)!;
    assertEquals(last.totalBytes, 251_795_484);
    const [, finished] = await namesIn(cacheFolder);
    assertEquals(await namesIn(`${cacheFolder}/${finished}`), [
      "deps",
      "lib",
      "manifest.json",
    ]);
    const before = reports.length;
    const again = await provision(options);
    assertEquals(again.ok && again.route, "present");
    assertEquals(reports.length, before);
  },
});

function installedPackage(): string {
  return import.meta.resolve("@tensorflow/tfjs-node/package.json");
}

/** In a process of its own: two TensorFlows in one would get in each other's way. */
async function loadAddon(
  packageFolder: string,
  signal?: AbortSignal,
): Promise<void> {
  const addon = `${packageFolder}/lib/napi-v8/tfjs_binding.node`;
  const script = `import { createRequire } from "node:module";
    console.log(createRequire("/")(${JSON.stringify(addon)}).TF_Version);`;
  const output = await runCommand(Deno.execPath(), ["eval", script], {
    signal,
    env: { TF_CPP_MIN_LOG_LEVEL: "3" },
  });
  assertMatch(output, /^2\.19\.1\n$/);
}
