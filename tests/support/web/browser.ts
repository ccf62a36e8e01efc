import type { Browser } from "playwright-core";
import { launchBrowser } from "../../../lib/bench/page/browser.ts";
import { type Requirement, requiring } from "../skip.ts";

const started = await launchBrowser();

Deno.test.afterAll(async () => {
  if (typeof started !== "string") await started.close();
});

/**
 * This is true if a browser is running. Otherwise, it is the reason why no browser could be
 * started.
 */
export const hasBrowser: Requirement = typeof started === "string" ? started : true;

/**
 * Returns the running browser. Only tests created with {@linkcode inBrowser} may call this
 * function.
 */
export function browser(): Browser {
  if (typeof started === "string") throw new Error(started);
  return started;
}

/** Returns a test that needs a browser. If no browser is running, then the test is skipped. */
export function inBrowser(
  name: string,
  fn: (t: Deno.TestContext) => Promise<void>,
): Deno.TestDefinition {
  // The browser and its pipes stay open after each test.
  return { ...requiring(hasBrowser, name, fn), sanitizeOps: false, sanitizeResources: false };
}
