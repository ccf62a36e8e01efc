/**
 * A real browser for tests of the page: this machine's Chromium if it has one, and otherwise the
 * one from npm. Both run without a window.
 */
import chromiumFromNpm from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";
import { type Requirement, requiring } from "../skip.ts";

/** Paths at which Chromium is commonly installed. */
const installed = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

// Containers have no sandbox. The same font settings on every machine keep screenshots alike.
const switches = ["--no-sandbox", "--no-zygote", "--disable-gpu", "--font-render-hinting=none"];

const started = await tryBrowser();

async function tryBrowser(): Promise<Browser | string> {
  try {
    const executablePath = installed.find(isFile) ?? await chromiumFromNpm.executablePath();
    return await chromium.launch({ executablePath, args: switches, headless: true });
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split("\n");
    return `no Chromium runs here (${reason}); install one, or npm's @sparticuz/chromium`;
  }
}

Deno.test.afterAll(async () => {
  if (typeof started !== "string") await started.close();
});

/** True if a browser runs, and otherwise the reason why none does. */
export const hasBrowser: Requirement = typeof started === "string" ? started : true;

/** Returns the browser of a test that {@linkcode inBrowser} made. */
export function browser(): Browser {
  if (typeof started === "string") throw new Error(started);
  return started;
}

/** Returns a test for `Deno.test` that is skipped if no browser runs. */
export function inBrowser(
  name: string,
  fn: (t: Deno.TestContext) => Promise<void>,
): Deno.TestDefinition {
  // The browser and its pipes stay open after each test.
  return { ...requiring(hasBrowser, name, fn), sanitizeOps: false, sanitizeResources: false };
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
