/**
 * Builds the page as a set of files. The page works on any web server and at any path. It also
 * works if it is opened from a folder on disk.
 */
import { digitsFolder } from "../../digits/digit_files.ts";
import { TRAINING_PICTURE } from "../../digits/training_sheets.ts";
import { bundleScript } from "./bundle_script.ts";
import { digitScript, digitStyles } from "./digit_styles.ts";
import { firstPuzzlesScript } from "./first_puzzles.ts";
import { indexPage } from "./index_page.ts";
import { joinStyles } from "./join_styles.ts";
import { madeScript } from "./made_script.ts";
import { manifest, pageIcon } from "./manifest.ts";
import { modelsScript } from "./models_script.ts";
import { notebookPages } from "./notebooks/notebook_pages.ts";
import { precacheScript } from "./precache.ts";

/** The contents of each file. The keys are paths relative to the page's folder. */
export type PageFiles = ReadonlyMap<string, Uint8Array>;

/** The files that a browser needs to show the page. All other files are loaded on demand. */
export const firstLoad: readonly string[] = Object.freeze(["index.html", "style.css", "page.js"]);

/** The scripts of the page, each with the module from which it is bundled. */
const scripts: Readonly<Record<string, string>> = Object.freeze({
  "page.js": import.meta.resolve("../page/main.tsx"),
  "worker.js": import.meta.resolve("../game/worker.ts"),
  "networks.js": import.meta.resolve("../page/networks/networks_worker.ts"),
  "qr.js": import.meta.resolve("../page/chunks/qr_chunk.ts"),
});

const workers = ["worker", "networks"];

/** Bundles the page. */
export async function buildPage(): Promise<PageFiles> {
  const digits = await digitScript();
  const notebooks = await notebookPages();
  const texts: Record<string, string> = {
    ...notebooks.files,
    "index.html": indexPage(),
    "style.css": await joinStyles() + await digitStyles(digits.index),
    "icon.svg": pageIcon(),
    "manifest.webmanifest": JSON.stringify(manifest()),
    "made.js": await madeScript(notebooks.links),
  };
  for (const [name, module] of Object.entries(scripts)) texts[name] = await bundleScript(module);
  texts["page.js"] = digits.script + firstPuzzlesScript() + texts["page.js"];
  texts["models.js"] = await modelsScript(digits.index);
  for (const name of workers) texts[`${name}_text.js`] = workerText(name, texts[`${name}.js`]);
  const files = new Map(
    Object.entries(texts).map(([name, text]) => [name, encoder.encode(text)]),
  );
  files.set(TRAINING_PICTURE, await Deno.readFile(`${digitsFolder()}/${TRAINING_PICTURE}`));
  const worker = await bundleScript(import.meta.resolve("../page/worker/service_worker.ts"));
  return files.set("service_worker.js", encoder.encode(await precacheScript(files) + worker));
}

const encoder = new TextEncoder();

/**
 * Returns a script that contains the code of a worker as a string. A page opened from disk cannot
 * start a worker in any other way.
 */
function workerText(name: string, script: string): string {
  return `(globalThis.sudoganTexts??={}).${name}=${JSON.stringify(script)};`;
}
