/**
 * Measures the Sudoku page in a browser that simulates a slow processor, and measures the page's
 * server under load. The machine must be idle.
 */
import type { Browser } from "playwright-core";
import { describeProcessor } from "../../native/processor.ts";
import { UserError } from "../../system/user_error.ts";
import { buildPage } from "../../web/build/build_page.ts";
import { firstLoadSize } from "../../web/build/first_load_size.ts";
import type { Figure } from "../figure.ts";
import { quantile } from "../rounds.ts";
import { currentSitting, loadAverage, type Sitting } from "../sitting.ts";
import { launchBrowser } from "./browser.ts";
import {
  puzzleFragment,
  timeHostileInput,
  timeKeys,
  timeLoads,
  timePuzzles,
} from "./page_times.ts";
import { loadServer, type RunningServer, startServer } from "./server_load.ts";
import { measureSlowdown, openThrottled, SLOWDOWN } from "./throttled_page.ts";

/** Options of {@linkcode measurePage}. */
export interface PageBenchOptions {
  readonly keys: number;
  readonly loads: number;
  readonly puzzles: number;
  /** The number of requests that are sent to the server per second. */
  readonly rate: number;
  /** The time in seconds during which requests are sent to the server. */
  readonly seconds: number;
  readonly onReport?: (text: string) => void;
}

/** The results of {@linkcode measurePage}. */
export interface PageBenchReport {
  readonly suite: string;
  readonly date: string;
  readonly sitting: Sitting;
  readonly processor: string;
  /** The number of logical processors. */
  readonly threads: number;
  readonly versions: Readonly<Record<string, string>>;
  /**
   * The machine's load average over the minute before each part of the measurements began, keyed by
   * the name of the part.
   */
  readonly loads: Readonly<Record<string, number>>;
  /** The measured times in milliseconds, by the kind of measurement. */
  readonly times: Readonly<Record<string, readonly number[]>>;
  readonly figures: readonly Figure[];
}

/** The time in milliseconds that a page's workers need to warm up on a slow processor. */
const WARM_MS = 8000;

/**
 * Runs all measurements of the page and its server.
 *
 * @throws {UserError} if no browser can be started
 */
export async function measurePage(options: PageBenchOptions): Promise<PageBenchReport> {
  const sitting = currentSitting();
  const browser = await launchBrowser();
  if (typeof browser === "string") throw new UserError(`Measuring the page: ${browser}`);
  try {
    await using server = await startServer();
    const loads: Record<string, number> = {};
    const onPart = (name: string) => {
      loads[name] = loadAverage();
      options.onReport?.(name);
    };
    const { times, slowdown } = await measureBrowser(browser, server, options, onPart);
    onPart("server");
    const load = await loadServer(server, options);
    const bytes = firstLoadSize(await buildPage());
    const size = { name: "first load, kB compressed", value: bytes / 1000, atMost: 200 };
    return {
      suite: "Sudoku page",
      date: new Date().toISOString(),
      sitting,
      processor: describeProcessor().name,
      threads: navigator.hardwareConcurrency,
      versions: { deno: Deno.version.deno, chromium: browser.version() },
      loads,
      times,
      figures: [size, ...slowdown, ...timeFigures(times), ...serverFigures(load, options)],
    };
  } finally {
    await browser.close();
  }
}

type Times = Readonly<Record<typeof timeNames[number], readonly number[]>>;

const timeNames = ["load", "key", "first puzzle", "puzzle", "hostile", "hostile, slow"] as const;

async function measureBrowser(
  browser: Browser,
  { url }: RunningServer,
  options: PageBenchOptions,
  onPart: (name: string) => void,
): Promise<{ readonly times: Times; readonly slowdown: readonly Figure[] }> {
  onPart("load");
  const load = await timeLoads(browser, url, { count: options.loads, slowdown: SLOWDOWN });
  onPart("key");
  await using visit = await openThrottled(browser, `${url}#${puzzleFragment()}`, {
    slowdown: SLOWDOWN,
  });
  const keys = await timeKeys(visit, options.keys);
  const slowest = keys.reduce((a, b) => b.time > a.time ? b : a);
  options.onReport?.(`slowest key: ${slowest.key}, ${slowest.time.toFixed(0)} ms`);
  const measured = await measureSlowdown(visit);
  onPart("puzzle");
  await using fresh = await openThrottled(browser, url, { slowdown: SLOWDOWN });
  const [first] = await timePuzzles(fresh, 1);
  await fresh.page.waitForTimeout(WARM_MS);
  const puzzle = await timePuzzles(fresh, options.puzzles);
  onPart("hostile");
  const slow = await timeHostileInput(fresh);
  await using quick = await openThrottled(browser, url, { slowdown: 1 });
  await quick.page.waitForTimeout(WARM_MS);
  const hostile = await timeHostileInput(quick);
  return {
    times: {
      load,
      key: keys.map(({ time }) => time),
      "first puzzle": [first],
      puzzle,
      hostile,
      "hostile, slow": slow,
    },
    slowdown: Object.entries(measured).map(([name, value]) => ({
      name: `slowdown of the ${name}, measured`,
      value,
      // Some browsers do not slow down workers, so only the page has a minimum.
      ...(name === "page" && { atLeast: 0.8 * SLOWDOWN }),
    })),
  };
}

function timeFigures(times: Times): Figure[] {
  const median = (name: keyof Times) => quantile(times[name], 0.5);
  const worst = (name: keyof Times) => Math.max(...times[name]);
  const at = `at ${SLOWDOWN}x slowdown, ms`;
  return [
    { name: `key press to painted frame ${at}: median`, value: median("key"), atMost: 50 },
    { name: `key press to painted frame ${at}: worst`, value: worst("key"), atMost: 50 },
    { name: `first load to interactive ${at}: median`, value: median("load"), atMost: 1000 },
    { name: `first load to interactive ${at}: worst`, value: worst("load"), atMost: 1000 },
    { name: `Extreme puzzle right after loading ${at}`, value: worst("first puzzle") },
    { name: `Extreme puzzle ${at}: median`, value: median("puzzle"), atMost: 1000 },
    { name: `Extreme puzzle ${at}: worst`, value: worst("puzzle"), atMost: 1000 },
    { name: "hostile input answered, ms: worst", value: worst("hostile"), atMost: 100 },
    { name: `hostile input answered ${at}: worst`, value: worst("hostile, slow") },
  ];
}

function serverFigures(
  { requestsPerSecond, failures, latency99 }: Awaited<ReturnType<typeof loadServer>>,
  { rate, seconds }: PageBenchOptions,
): Figure[] {
  return [
    {
      name: `server: requests answered per second for ${seconds} s`,
      value: requestsPerSecond,
      // The goal is one percent below `rate`, because fewer requests are answered at the start and
      // at the end of the load.
      atLeast: 0.99 * rate,
    },
    { name: "server: failed requests", value: failures, atMost: 0 },
    { name: "server: 99th percentile of the latency, ms", value: latency99 },
  ];
}
