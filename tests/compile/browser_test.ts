/**
 * Tests that code which uses `accelerate` and `compile` also runs in a browser, in plain tfjs. The
 * losses must be those of the native engine.
 */
import { assertEquals, assertGreater } from "@std/assert";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { useNative } from "../support/engine.ts";
import { type LocalServer, serveHttp } from "../support/local_server.ts";
import { inEmptyFolder, runDeno } from "../support/stranger.ts";
import { browser, inBrowser } from "../support/web/browser.ts";
import { assertClose } from "./accelerate/compare_models.ts";
import type { TrainedPage } from "./browser/page.ts";
import { type Losses, trainAll } from "./browser/trainings.ts";

/** The format of a bundle: a module, or a classic script. */
type Format = "esm" | "iife";

let native: Promise<Losses> | undefined;

for (const [backend, format] of [["wasm", "esm"], ["cpu", "iife"]] as const) {
  const name = `in a browser, compiled code trains in plain tfjs: ${backend}, ${format}`;
  Deno.test(inBrowser(name, async () => {
    const expected = await (native ??= trainNatively());
    await using site = await servePage(format);
    await using visit = await openPage(site.url);
    assertEquals(visit.problems, []);
    const found: TrainedPage = await visit.page.evaluate(
      ([backend, wasm]) => globalThis.trainInPage(backend, wasm),
      [backend, `${site.url}wasm/`],
    );
    assertEquals(visit.problems, []);
    assertEquals([found.backend, found.strangers], [backend, []]);
    for (const key of ["fit", "steps"] as const) {
      assertClose(found.losses[key], expected[key], 1e-4, key);
    }
  }));
}

/** Trains in plain tfjs on the native engine. */
async function trainNatively(): Promise<Losses> {
  await useNative();
  const losses = await trainAll("plain");
  // If nothing was learned, then equal losses would say little.
  assertGreater(losses.fit[0], losses.fit[3]);
  assertGreater(losses.steps[0], losses.steps[5]);
  return losses;
}

async function servePage(format: Format): Promise<LocalServer> {
  const script = await bundlePage(format);
  const type = format === "esm" ? " type='module'" : "";
  const wasm = new URL(
    "dist/",
    import.meta.resolve("@tensorflow/tfjs-backend-wasm/package.json"),
  );
  return serveHttp(async (path) => {
    if (path === "") {
      return respond(`<!doctype html><script${type} src='page.js'></script>`, "text/html");
    }
    if (path === "page.js") return respond(script, "text/javascript");
    const [, name] = /^wasm\/([\w-]+\.wasm)$/.exec(path) ?? [];
    if (name === undefined) return new Response("", { status: 204 });
    return respond(await Deno.readFile(fileURLToPath(new URL(name, wasm))), "application/wasm");
  });
}

/** Bundles the page's script and all of tfjs into one file. */
async function bundlePage(format: Format): Promise<string> {
  let script = "";
  await inEmptyFolder(async (folder) => {
    const [page, output] = [`${import.meta.dirname}/browser/page.ts`, `${folder}/page.js`];
    await runDeno(
      ["bundle", "--quiet", "--platform", "browser", "--format", format, "--output", output, page],
      `${import.meta.dirname}`,
    );
    script = await Deno.readTextFile(output);
  });
  return script;
}

function respond(body: BodyInit, type: string): Response {
  return new Response(body, { headers: { "content-type": type } });
}

interface PageVisit extends AsyncDisposable {
  readonly page: Page;
  /** Errors in the page's scripts. */
  readonly problems: readonly string[];
}

async function openPage(url: string): Promise<PageVisit> {
  const page = await browser().newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(url);
  return { page, problems, [Symbol.asyncDispose]: () => page.close() };
}
