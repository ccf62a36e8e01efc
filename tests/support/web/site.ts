/** Builds the page once per test file, and serves it in the same way as `deno task sudoku play`. */
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { buildPage, type PageFiles } from "../../../lib/web/build/build_page.ts";
import { createPageServer } from "../../../lib/web/server/page_server.ts";
import { browser } from "./browser.ts";

let built: Promise<PageFiles> | undefined;

export function builtPage(): Promise<PageFiles> {
  return built ??= buildPage();
}

export interface Site extends AsyncDisposable {
  readonly url: string;
}

export async function servePage(): Promise<Site> {
  const answer = await createPageServer(await builtPage());
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, answer);
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/**
 * Writes the page into a temporary folder. Returns a site whose address points to the index.html in
 * this folder.
 */
export async function writePage(): Promise<Site> {
  const folder = await Deno.makeTempDir({ prefix: "sudogan_page_" });
  for (const [name, bytes] of await builtPage()) {
    await Deno.mkdir(join(folder, dirname(name)), { recursive: true });
    await Deno.writeFile(join(folder, name), bytes);
  }
  return {
    url: pathToFileURL(join(folder, "index.html")).href,
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

export interface Visit extends AsyncDisposable {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors on the page, failed requests, and violations of the page's security policy. */
  readonly problems: readonly string[];
}

/**
 * Opens an address as a first-time visitor. The browser is set to English, and
 * animations are turned off.
 */
export async function visit(
  url: string,
  options: BrowserContextOptions = {},
  { script, time }: { readonly script?: string; readonly time?: Date } = {},
): Promise<Visit> {
  const context = await browser().newContext({
    locale: "en-GB",
    timezoneId: "Europe/Paris",
    reducedMotion: "reduce",
    ...options,
  });
  context.setDefaultTimeout(15_000);
  // This script runs before the page's scripts.
  if (script !== undefined) await context.addInitScript(script);
  if (time !== undefined) await context.clock.setFixedTime(time);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  page.on("requestfailed", (request) => problems.push(`failed: ${request.url()}`));
  await page.goto(url);
  return { page, context, problems, [Symbol.asyncDispose]: () => context.close() };
}
