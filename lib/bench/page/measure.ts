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
import { averageOthers, readOtherWork } from "../other_work.ts";
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

/** A part of the measurements. */
export interface PageBenchPart {
  readonly name: string;
  /** The machine's load average over the minute before the part began. */
  readonly load: number;
  /**
   * The number of cores that other programs kept busy during the part, on average. It is undefined
   * if the system does not tell it.
   */
  readonly others?: number;
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
  /** The parts of the measurements, and how busy the machine was. */
  readonly parts: readonly PageBenchPart[];
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
    const parts: PageBenchPart[] = [];
    const measurePart: MeasurePart = async (name, measure) => {
      options.onReport?.(name);
      const [load, before] = [loadAverage(), readOtherWork()];
      const measured = await measure();
      parts.push({ name, load, ...averageOthers([[before, readOtherWork()]]) });
      return measured;
    };
    const { times, slowdown } = await measureBrowser(browser, server, options, measurePart);
    const load = await measurePart("server", () => loadServer(server, options));
    const bytes = firstLoadSize(await buildPage());
    const size = { name: "first load, kB compressed", value: bytes / 1000, atMost: 200 };
    return {
      suite: "Sudoku page",
      date: new Date().toISOString(),
      sitting,
      processor: describeProcessor().name,
      threads: navigator.hardwareConcurrency,
      versions: { deno: Deno.version.deno, chromium: browser.version() },
      parts,
      times,
      figures: [size, ...slowdown, ...timeFigures(times), ...serverFigures(load, options)],
    };
  } finally {
    await browser.close();
  }
}

type Times = Readonly<Record<typeof timeNames[number], readonly number[]>>;

const timeNames = ["load", "key", "first puzzle", "puzzle", "hostile", "hostile, slow"] as const;

/** Measures a part, and records how busy the machine was. */
type MeasurePart = <T>(name: string, measure: () => Promise<T>) => Promise<T>;

async function measureBrowser(
  browser: Browser,
  { url }: RunningServer,
  options: PageBenchOptions,
  measurePart: MeasurePart,
): Promise<{ readonly times: Times; readonly slowdown: readonly Figure[] }> {
  const load = await measurePart(
    "load",
    () => timeLoads(browser, url, { count: options.loads, slowdown: SLOWDOWN }),
  );
  const [keys, measured] = await measurePart("key", async () => {
    await using visit = await openThrottled(browser, `${url}#${puzzleFragment()}`, {
      slowdown: SLOWDOWN,
    });
    return [await timeKeys(visit, options.keys), await measureSlowdown(visit)];
  });
  const slowest = keys.reduce((a, b) => b.time > a.time ? b : a);
  options.onReport?.(`slowest key: ${slowest.key}, ${slowest.time.toFixed(0)} ms`);
  await using fresh = await openThrottled(browser, url, { slowdown: SLOWDOWN });
  const [first, puzzle] = await measurePart("puzzle", async () => {
    const [first] = await timePuzzles(fresh, 1);
    await fresh.page.waitForTimeout(WARM_MS);
    return [first, await timePuzzles(fresh, options.puzzles)];
  });
  const [slow, hostile] = await measurePart("hostile", async () => {
    const slow = await timeHostileInput(fresh);
    await using quick = await openThrottled(browser, url, { slowdown: 1 });
    await quick.page.waitForTimeout(WARM_MS);
    return [slow, await timeHostileInput(quick)];
  });
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
