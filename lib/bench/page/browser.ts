/**
 * Starts Chromium in headless mode, that is, without a window. If no browser is installed, starts
 * the browser from the npm package @sparticuz/chromium.
 */
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

// Chromium's sandbox does not work in containers, so it is switched off. Font hinting is switched
// off too, so that text looks the same in all screenshots.
const switches = ["--no-sandbox", "--no-zygote", "--disable-gpu", "--font-render-hinting=none"];

/** Starts the browser. If no browser runs here, returns the reason. */
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
