/// <reference lib="dom" />
/**
 * Opens a page in a browser that simulates a slow processor. Chromium slows down the page's main
 * thread. Some versions of Chromium also slow down workers.
 */
import type { Browser, CDPSession, Page } from "playwright-core";

export interface ThrottledPage extends AsyncDisposable {
  readonly page: Page;
  readonly session: CDPSession;
}

/**
 * The factor by which the processor is slowed down. The project's goals for response times assume
 * this slowdown.
 */
export const SLOWDOWN = 4;

/**
 * A script that runs before the page's scripts. Its function `sudoganPainted` takes a callback, and
 * calls it once the next frame has been painted. The script also replaces the browser's random
 * numbers, so that every run gets the same puzzles.
 */
const prelude = `
  globalThis.sudoganPainted = (done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(null);
  });
  let state = 1;
  crypto.getRandomValues = (array) => {
    for (let at = 0; at < array.length; at++) {
      state = Math.imul(state, 1664525) + 1013904223 | 0;
      array[at] = state >>> 24;
    }
    return array;
  };
`;

/** Opens an address as a visitor without stored data, and waits until the board appears. */
export async function openThrottled(
  browser: Browser,
  url: string,
  { slowdown, script = "" }: { readonly slowdown: number; readonly script?: string },
): Promise<ThrottledPage> {
  const context = await browser.newContext({ locale: "en-GB", reducedMotion: "reduce" });
  context.setDefaultTimeout(60_000);
  await context.addInitScript(prelude + script);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await throttle(session, slowdown);
  await page.goto(url);
  await page.locator("[data-cell='0']").waitFor();
  return { page, session, [Symbol.asyncDispose]: () => context.close() };
}

/** Measures the factors by which throttling slows down the page's main thread and a worker. */
export async function measureSlowdown(
  { page, session }: ThrottledPage,
): Promise<{ readonly page: number; readonly worker: number }> {
  const slow = await page.evaluate(timeLoops);
  await throttle(session, 1);
  const fast = await page.evaluate(timeLoops);
  await throttle(session, SLOWDOWN);
  return { page: slow.page / fast.page, worker: slow.worker / fast.worker };
}

async function throttle(session: CDPSession, rate: number): Promise<void> {
  await session.send("Emulation.setCPUThrottlingRate", { rate });
}

/**
 * Measures how many milliseconds a loop takes in the page's main thread and in a worker. This
 * function runs in the browser.
 */
async function timeLoops(): Promise<{ page: number; worker: number }> {
  const loop = "(() => { const start = performance.now(); let sum = 0;" +
    " for (let i = 1; i < 2e7; i++) sum += Math.sqrt(i);" +
    " return performance.now() - start + 0 * sum; })";
  const url = URL.createObjectURL(new Blob([`onmessage = () => postMessage(${loop}())`]));
  const worker = new Worker(url);
  const ask = () =>
    new Promise<number>((resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.postMessage(null);
    });
  const runHere = () => {
    const start = performance.now();
    let sum = 0;
    for (let i = 1; i < 2e7; i++) sum += Math.sqrt(i);
    return performance.now() - start + 0 * sum;
  };
  // The first run of each loop is not optimized, so it does not count.
  await ask();
  runHere();
  const times = { page: runHere(), worker: await ask() };
  worker.terminate();
  return times;
}
