/**
 * Bundles a module and its imports into one script for browsers. The result is a classic script,
 * because a page opened from disk cannot load modules.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { UserError } from "../../system/user_error.ts";

/** Thrown when a module cannot be bundled. */
export class BuildError extends UserError {
  override name = "BuildError";
}

const root = dirname(dirname(dirname(import.meta.dirname!)));

/**
 * Bundles an entry module and its imports, and returns the minified script.
 *
 * @param module the URL of the module, as `import.meta.resolve` returns it
 * @throws {BuildError} if bundling fails; the message contains the bundler's message
 */
export async function bundleScript(module: string): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "sudogan_bundle_" });
  const output = join(folder, "script.js");
  try {
    const command = new Deno.Command(Deno.execPath(), {
      args: [
        ...["bundle", "--quiet", "--minify", "--platform", "browser", "--format", "iife"],
        ...["--config", join(root, "deno.json"), "--output", output, fileURLToPath(module)],
      ],
      stdin: "null",
    });
    const { success, stderr } = await command.output();
    if (!success) {
      const said = new TextDecoder().decode(stderr).trim();
      throw new BuildError(`Bundling ${module}: wanted a script, found: ${said}`);
    }
    return await Deno.readTextFile(output);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
