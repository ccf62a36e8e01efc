import type { Browser } from "playwright-core";
import { launchBrowser } from "../../../lib/bench/page/browser.ts";
import { type Requirement, requiring } from "../skip.ts";

const started = await launchBrowser();

Deno.test.afterAll(async () => {
  if (typeof started !== "string") await started.close();
});

/** True if a browser runs. Otherwise, the reason why none does. */
export const hasBrowser: Requirement = typeof started === "string" ? started : true;

/** Returns the browser for a test that {@linkcode inBrowser} made. */
export function browser(): Browser {
  if (typeof started === "string") throw new Error(started);
  return started;
}

/** Returns a test that is skipped if no browser runs. */
export function inBrowser(
  name: string,
  fn: (t: Deno.TestContext) => Promise<void>,
): Deno.TestDefinition {
  // The browser and its pipes stay open after each test.
  return { ...requiring(hasBrowser, name, fn), sanitizeOps: false, sanitizeResources: false };
}
