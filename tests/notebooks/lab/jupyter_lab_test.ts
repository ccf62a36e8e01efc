/**
 * Runs the notebooks in a real JupyterLab that is open in a browser. The tests also save
 * screenshots in a temporary folder for people to look at. No test compares the screenshots.
 */
import { assert, assertEquals, assertGreater, assertNotEquals } from "@std/assert";
import { hasLab, type JupyterLab, startLab } from "../../support/lab/jupyter_lab.ts";
import { type LabPage, openInLab } from "../../support/lab/lab_page.ts";
import { needsNightly } from "../../support/nightly.ts";
import { dirname, fromFileUrl } from "../../support/paths.ts";
import { type Requirement, requiring } from "../../support/skip.ts";
import { hasBrowser } from "../../support/web/browser.ts";

const folder = `${dirname(fromFileUrl(import.meta.url), 4)}/notebooks`;
const names = [...Deno.readDirSync(folder)].map(({ name }) => name)
  .filter((name) => /^\d.*\.ipynb$/.test(name)).sort();

/** The only notebook that is run from start to end outside the nightly tests. */
const SHORT = "01-data-normalization.ipynb";

let started: Promise<JupyterLab> | undefined;
const lab = () => started ??= startLab();

Deno.test.afterAll(async () => {
  await (await started)?.[Symbol.asyncDispose]();
});

for (const name of names) {
  Deno.test(inLab(`${name} runs whole in JupyterLab`, async () => {
    await using notebook = await openInLab(await lab(), name);
    await notebook.run("Run All Cells");
    await notebook.untilIdle();
    assertEquals(await notebook.errors(), []);
    assertEquals(await unrun(notebook), 0);
    assertEquals(await brokenPictures(notebook), []);
    await notebook.photograph(name.slice(0, 2));
    await assertSlidersMove(notebook);
  }, name === SHORT || needsNightly));
}

Deno.test(inLab("without a kernel's work, sliders change charts and animations move", async () => {
  await using notebook = await openInLab(await lab(), names[0]);
  assertGreater(await assertSlidersMove(notebook), 1);
  const animation = notebook.page.locator(".jp-CodeCell", { hasText: "animation(frames" })
    .locator("img").first();
  await animation.scrollIntoViewIfNeeded();
  const pictures = new Set<string>();
  for (let look = 0; look < 16; look++) {
    pictures.add((await animation.screenshot()).toString("base64"));
    await notebook.page.waitForTimeout(400);
  }
  assertGreater(pictures.size, 2);
}));

Deno.test(inLab("Stop keeps everything, and a killed kernel's run is resumed", async () => {
  const { killKernels } = await lab();
  await using notebook = await openInLab(await lab(), "03-training-with-label-smoothing.ipynb");
  const toTraining = async () => {
    const cell = await notebook.select("await watch(base)");
    await notebook.run("Run All Above Selected Cell");
    await notebook.untilIdle();
    await notebook.select("await watch(base)");
    return cell;
  };
  const training = await toTraining();
  await notebook.run("Run Selected Cell and Do not Advance");
  await training.getByText(/\d\d\/150 steps/).waitFor();
  await notebook.page.locator('[data-command="notebook:interrupt-kernel"]').first().click();
  await notebook.untilIdle();
  await notebook.photograph("03-stopped");
  const stopped = Number(await notebook.evaluate("await show(base.step);"));
  assert(stopped > 0 && stopped < 150, `stopped after ${stopped} of 150 steps`);
  await killKernels();
  // JupyterLab says that the kernel has died and restarts it.
  const notice = notebook.page.locator(".jp-Dialog", { hasText: "Kernel Restarting" });
  await notice.getByRole("button", { name: "Ok" }).click();
  await toTraining();
  assertEquals(Number(await notebook.evaluate("await show(base.step);")), stopped);
  await notebook.select("await watch(base)");
  await notebook.run("Run Selected Cell and Do not Advance");
  await notebook.untilIdle();
  await training.getByText("150/150 steps").waitFor();
  assertEquals(await notebook.errors(), []);
}));

function inLab(
  name: string,
  fn: () => Promise<void>,
  requirement: Requirement = true,
): Deno.TestDefinition {
  // The server and the browser stay open after each test.
  const options = { sanitizeOps: false, sanitizeResources: false };
  return { ...requiring([requirement, hasLab, hasBrowser], name, fn), ...options };
}

/** Moves each slider of a notebook to its end and back, and returns the number of sliders. */
async function assertSlidersMove({ page }: LabPage): Promise<number> {
  const charts = page.locator(".jp-RenderedVegaCommon5, .vega-embed").filter({
    has: page.locator("input[type=range]"),
  });
  const count = await charts.count();
  for (let i = 0; i < count; i++) {
    const chart = charts.nth(i);
    await chart.scrollIntoViewIfNeeded();
    const picture = async () =>
      (await chart.locator("canvas, svg").first().screenshot()).toBase64();
    const slider = chart.locator("input[type=range]").first();
    const first = await picture();
    await slider.focus();
    await page.keyboard.press("Home");
    const atStart = await picture();
    await page.keyboard.press("End");
    assertNotEquals(atStart, await picture(), `slider ${i + 1} of ${count}`);
    assertEquals(first.length > 0, true);
  }
  return count;
}

/** Counts the code cells that were not run. The prompt of such a cell has no number. */
async function unrun({ page }: LabPage): Promise<number> {
  return await page.locator(".jp-CodeCell .jp-InputPrompt", { hasText: "[ ]" }).count();
}

async function brokenPictures({ page }: LabPage): Promise<string[]> {
  const pictures = await page.locator(".jp-Notebook img").all();
  const broken: string[] = [];
  for (const picture of pictures) {
    const width = await picture.evaluate((image) =>
      (image as unknown as { naturalWidth: number }).naturalWidth
    );
    if (width === 0) broken.push(await picture.getAttribute("alt") ?? "a picture without a text");
  }
  return broken;
}
