import { assert } from "@std/assert";
import type { Locator, Page } from "playwright-core";
import { readNotebook } from "../../../lib/notebooks/runner/notebook_file.ts";
import { browser } from "../web/browser.ts";
import type { JupyterLab } from "./jupyter_lab.ts";

/**
 * Maximum time in milliseconds that running all cells of a notebook may take, even on a busy
 * machine.
 */
const PATIENCE = 1_800_000;

/** Maximum height of a picture in pixels. Chromium cannot draw taller pictures. */
const TALLEST = 8_000;

export interface LabPage extends AsyncDisposable {
  readonly page: Page;
  /** Chooses an entry in JupyterLab's “Run” menu. */
  run(entry: string): Promise<void>;
  /** Selects the first code cell that contains the given text. */
  select(text: string): Promise<Locator>;
  /** Inserts a new code cell below the selected cell, runs the new cell, and returns its output. */
  evaluate(code: string): Promise<string>;
  untilIdle(): Promise<void>;
  errors(): Promise<string[]>;
  /**
   * Saves pictures of the whole notebook in a temporary folder, so that people can look at them.
   */
  photograph(name: string): Promise<void>;
}

export async function openInLab(
  { url, notebooks }: JupyterLab,
  notebook: string,
): Promise<LabPage> {
  const context = await browser().newContext({ viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(300_000);
  const page = await context.newPage();
  await page.goto(`${url}/lab/workspaces/auto-${crypto.randomUUID()}/tree/${notebook}`);
  const { cells } = await readNotebook(`${notebooks}/${notebook}`);
  await page.locator(".jp-Notebook .jp-Cell").nth(cells.length - 1).waitFor({ state: "attached" });
  await untilKernel(page);
  return {
    page,
    run: (entry) => chooseInRun(page, entry),
    select: (text) => select(page, text),
    evaluate: (code) => evaluate(page, code),
    untilIdle: () => untilIdle(page),
    errors: () => page.locator('[data-mime-type="application/vnd.jupyter.error"]').allInnerTexts(),
    photograph: (name) => photograph(page, name),
    [Symbol.asyncDispose]: () => context.close(),
  };
}

async function untilKernel(page: Page): Promise<void> {
  const named = page.locator(".jp-Toolbar-kernelName", { hasText: "Deno" });
  // On a slow machine, JupyterLab asks which kernel to use and proposes Deno.
  const question = page.locator(".jp-Dialog", { hasText: "Select Kernel" });
  await named.or(question).first().waitFor();
  if (await question.isVisible()) await question.getByRole("button", { name: /^Select/ }).click();
  await named.waitFor();
  await page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').waitFor();
}

async function chooseInRun(page: Page, entry: string): Promise<void> {
  await page.locator(".lm-MenuBar-item", { hasText: /^Run$/ }).click();
  await page.locator(".lm-Menu-itemLabel", { hasText: new RegExp(`^${entry}$`) }).click();
}

async function select(page: Page, text: string): Promise<Locator> {
  const cell = page.locator(".jp-CodeCell", { hasText: text }).first();
  await cell.locator(".jp-InputPrompt").first().click();
  return cell;
}

async function evaluate(page: Page, code: string): Promise<string> {
  // In command mode, the key b adds a cell below the selected cell.
  await page.keyboard.press("Escape");
  await page.keyboard.press("b");
  await page.keyboard.press("Enter");
  await page.keyboard.insertText(code);
  await page.keyboard.press("Control+Enter");
  await untilIdle(page);
  return await page.locator(".jp-Cell.jp-mod-selected .jp-OutputArea-output").first().innerText();
}

async function untilIdle(page: Page): Promise<void> {
  // A cell that is running or waiting has the prompt [*].
  const busy = page.locator(".jp-InputPrompt", { hasText: "[*]" });
  const deadline = performance.now() + PATIENCE;
  do {
    await page.waitForTimeout(250);
    assert(performance.now() < deadline, "cells are still running");
  } while (await busy.count() > 0);
  await untilKernel(page);
}

async function photograph(page: Page, name: string): Promise<void> {
  const folder = `${Deno.env.get("TMPDIR") ?? "/tmp"}/sudogan_lab_screenshots`;
  await Deno.mkdir(folder, { recursive: true });
  const cells = page.locator(".jp-Notebook-cell, .jp-Notebook .jp-Cell");
  const outer = page.locator(".jp-WindowedPanel-outer").first();
  const before = page.viewportSize()!;
  const heights = await cells.evaluateAll((all) =>
    all.map((cell) => cell.getBoundingClientRect().height)
  );
  const whole = heights.reduce((sum, height) => sum + height, 0);
  await page.setViewportSize({ ...before, height: TALLEST });
  for (let part = 0; part * (TALLEST - 200) < whole; part++) {
    await outer.evaluate((element, top) => element.scrollTop = top, part * (TALLEST - 200));
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${folder}/${name}-${part + 1}.png`, timeout: 120_000 });
  }
  await page.setViewportSize(before);
}
