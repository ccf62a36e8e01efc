/** Starts Chromium without a window: the installed browser, or else npm's. */
import chromiumFromNpm from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

const installed = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

// Containers have no sandbox. Equal font settings make screenshots alike.
const switches = ["--no-sandbox", "--no-zygote", "--disable-gpu", "--font-render-hinting=none"];

/** Starts the browser, or returns the reason why no browser runs here. */
export async function launchBrowser(): Promise<Browser | string> {
  try {
    const executablePath = installed.find(isFile) ?? await chromiumFromNpm.executablePath();
    return await chromium.launch({ executablePath, args: switches, headless: true });
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split("\n");
    return `no Chromium runs here (${reason}); install one, or npm's @sparticuz/chromium`;
  }
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
