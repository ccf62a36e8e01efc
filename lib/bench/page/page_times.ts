/// <reference lib="dom" />
/** Measures the page's response times in a browser that can simulate a slow processor. */
import type { Browser, Page } from "playwright-core";
import { generate } from "../../sudoku/mod.ts";
import { linkToPuzzle, puzzleOf } from "../../web/game/mod.ts";
import { astray, impossible } from "../sudoku/hostile_grids.ts";
import { openThrottled, type ThrottledPage } from "./throttled_page.ts";

/** The global variables that the measuring scripts use in the page. */
interface Measured {
  sudoganPainted(done: (time: number) => void): void;
  sudoganTimes: number[];
  /** The page calls this function whenever a time has been added to `sudoganTimes`. */
  sudoganTimed(): void;
}

/** A script that records when the board was painted and when the last long task ended. */
const loadScript = `
  const isThere = () => document.querySelector("[data-cell='0']") !== null;
  const observer = new MutationObserver(() => {
    if (!isThere()) return;
    observer.disconnect();
    sudoganPainted((time) => globalThis.sudoganShown = time);
  });
  observer.observe(document, { childList: true, subtree: true });
  globalThis.sudoganBusyUntil = 0;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      globalThis.sudoganBusyUntil = startTime + duration;
    }
  }).observe({ type: "longtask", buffered: true });
`;

/**
 * The time in milliseconds for which long tasks are recorded. This period ends before the page
 * starts to warm up its workers.
 */
const SETTLE_MS = 1500;

/**
 * Loads the page `count` times. For each load, returns the time in milliseconds until the board is
 * painted and the last long task has ended.
 */
export async function timeLoads(
  browser: Browser,
  url: string,
  { count, slowdown }: { readonly count: number; readonly slowdown: number },
): Promise<number[]> {
  const times: number[] = [];
  while (times.length < count) {
    await using visit = await openThrottled(browser, url, { slowdown, script: loadScript });
    await visit.page.waitForTimeout(SETTLE_MS);
    times.push(
      await visit.page.evaluate(() => {
        const { sudoganShown, sudoganBusyUntil } = globalThis as unknown as Record<string, number>;
        return Math.max(sudoganShown, sudoganBusyUntil);
      }),
    );
  }
  return times;
}

/**
 * A mixture of the keys that players press. It contains at least one key of every kind, including
 * keys that change every cell at once.
 */
const keys = [
  ...["ArrowRight", "5", "ArrowDown", "Alt+2", "Shift+Digit4", "Control+z", "Control+y"],
  ...["ArrowLeft", "7", "Delete", "a", "ArrowUp", "3", "a", "f", "v", "4", "z", "Control+z"],
  ...["End", "a", "Control+z", "Control+y", "Home", "Space", "Control+End", "Shift+ArrowUp"],
  ...["Shift+ArrowLeft", "x", "8", "c", "8", "v", "2", "z", "Control+Home", "w", "w", "d", "d"],
  ...["d", "Control+a", "Escape", "ArrowDown", "h", "h", "h", "h", "ArrowUp", "p", "p"],
] as const;

/** A key that was pressed, and the time that the page took to respond. */
export interface KeyTime {
  readonly key: string;
  /** The time in milliseconds until the next frame was painted. */
  readonly time: number;
}

/** Returns the time from each key press until the next frame is painted. */
export async function timeKeys({ page }: ThrottledPage, count: number): Promise<KeyTime[]> {
  await startTimes(page);
  await page.locator("[data-cell='0']").click();
  for (let at = 0; at < count; at++) {
    const { painted } = await waitForTime(page, at);
    await page.keyboard.press(keys[at % keys.length]);
    await painted;
  }
  const times = await readTimes(page);
  return times.map((time, at) => ({ key: keys[at % keys.length], time }));
}

/**
 * Asks the page to report when it has measured the response time of the key press with the given
 * index. The page is asked before the key is pressed. If the page were asked only after the key
 * press, then the time that the asking script takes would be included in the measured time. When
 * this script runs for the first time, it takes some 30 ms on a slow processor.
 */
async function waitForTime(
  page: Page,
  at: number,
): Promise<{ readonly painted: Promise<void> }> {
  const painted = page.evaluate((at) =>
    new Promise<void>((resolve) => {
      const measured = globalThis as unknown as Measured;
      const isThere = () => measured.sudoganTimes.length > at;
      measured.sudoganTimed = () => isThere() && resolve();
      measured.sudoganTimed();
    }), at);
  // The page runs scripts in the order in which they are sent. After this answer, it is waiting.
  await page.evaluate(() => {});
  return { painted };
}

/**
 * Starts collecting the time from each key press until the next frame is painted. Pressing a
 * modifier such as Shift counts as part of a key press, not as a key press of its own.
 */
async function startTimes(page: Page): Promise<void> {
  await page.evaluate(() => {
    const measured = globalThis as unknown as Measured;
    measured.sudoganTimes = [];
    measured.sudoganTimed = () => {};
    addEventListener("keydown", ({ key, timeStamp }) => {
      if (["Alt", "Control", "Shift"].includes(key)) return;
      measured.sudoganPainted((time) => {
        measured.sudoganTimes.push(time - timeStamp);
        measured.sudoganTimed();
      });
    }, { capture: true });
  });
}

async function readTimes(page: Page): Promise<number[]> {
  return await page.evaluate(() => [...(globalThis as unknown as Measured).sudoganTimes]);
}

/**
 * Starts Extreme puzzles. For each puzzle, returns the time in milliseconds from the click on
 * "Start" until the board is painted.
 */
export async function timePuzzles({ page }: ThrottledPage, count: number): Promise<number[]> {
  const times: number[] = [];
  while (times.length < count) {
    await page.getByRole("button", { name: "New", exact: true }).click();
    await page.getByLabel("Extreme").check();
    const start = page.getByRole("button", { name: "Start", exact: true });
    times.push(await timeUntil(page, () => start.click(), "submit", "absent"));
  }
  return times;
}

function hostileTexts(): readonly string[] {
  return [
    ".".repeat(81),
    `1${".".repeat(80)}`,
    impossible,
    astray,
    "9".repeat(81),
    "x".repeat(100_000),
    "1.".repeat(50_000),
    "\u0661".repeat(81),
  ];
}

/**
 * Enters hostile inputs as puzzles. For each input, returns the time in milliseconds until the page
 * accepts or refuses the input.
 */
export async function timeHostileInput({ page }: ThrottledPage): Promise<number[]> {
  const times: number[] = [];
  for (const text of hostileTexts()) {
    await page.getByRole("button", { name: "Menu", exact: true }).click();
    await page.getByRole("button", { name: "Own puzzle", exact: true }).click();
    await page.getByLabel("Puzzle", { exact: true }).fill(text);
    const check = page.getByRole("button", { name: "Check and play" });
    times.push(await timeUntil(page, () => check.click(), "submit", "answered"));
    await page.keyboard.press("Escape");
  }
  return times;
}

/**
 * Calls `act`, which triggers an event of the given type. Returns the time in milliseconds from
 * this event until the page's response is painted. The page has responded when its dialog is
 * closed. If `until` is "answered", then an alert in the dialog also counts as a response.
 */
async function timeUntil(
  page: Page,
  act: () => Promise<void>,
  type: string,
  until: "absent" | "answered",
): Promise<number> {
  const ended = page.evaluate(([type, until]) =>
    new Promise<number>((resolve) => {
      const { sudoganPainted } = globalThis as unknown as Measured;
      let began: number | undefined;
      addEventListener(type, ({ timeStamp }) => began = timeStamp, { capture: true, once: true });
      const observer = new MutationObserver(() => {
        const isAlerted = document.querySelector("dialog [role=alert]") !== null;
        const isGone = document.querySelector("dialog") === null;
        if (began === undefined || !(isGone || (until === "answered" && isAlerted))) return;
        observer.disconnect();
        sudoganPainted((time) => resolve(time - began!));
      });
      observer.observe(document.body, { childList: true, subtree: true });
    }), [type, until]);
  await act();
  return await ended;
}

/**
 * Returns the URL fragment that opens a hard puzzle in which every kind of key changes something.
 */
export function puzzleFragment(): string {
  const { grid } = generate({ level: "hard", seed: 1 });
  return linkToPuzzle(puzzleOf(9, grid.values, { origin: { kind: "shared" } }));
}
