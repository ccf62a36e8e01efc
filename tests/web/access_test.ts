import axe from "axe-core";
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { textsOf } from "../../lib/web/page/texts.ts";
import { openPuzzle, puzzle } from "../support/web/board.ts";
import { inBrowser } from "../support/web/browser.ts";
import { servePage } from "../support/web/site.ts";

const dialogs = [
  ...["newGame", "daily", "own", "games", "explain", "share", "print"] as const,
  ...["statistics", "data", "settings", "help", "made"] as const,
];

for (const [language, locale] of [["en", "en-GB"], ["fr", "fr-FR"]] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    Deno.test(inBrowser(`axe finds no problems: ${language}, ${colorScheme}`, async () => {
      await using site = await servePage();
      await using visitor = await openPuzzle(site.url, puzzle, { locale, colorScheme });
      const { page } = visitor;
      const { menu } = textsOf[language];
      assertEquals(await page.locator("html").getAttribute("lang"), language);
      assertEquals(await findFaults(page), [], "board");
      await page.locator("[data-cell='0']").click();
      await page.keyboard.press("a");
      await page.keyboard.press("h");
      await page.locator(".hint .button").first().waitFor();
      await page.keyboard.press("h");
      await page.keyboard.press("h");
      assertEquals(await findFaults(page), [], "hint");
      for (const name of dialogs) {
        await page.getByRole("button", { name: menu.menu, exact: true }).click();
        await page.locator(".menu").getByRole("button", { name: menu[name], exact: true }).click();
        await page.getByRole("dialog").locator("h2").waitFor();
        if (name === "explain") await page.locator(".stages").waitFor();
        assertEquals(await findFaults(page), [], name);
        await page.keyboard.press("Escape");
      }
      await page.keyboard.press("p");
      assertEquals(await findFaults(page), [], "pause");
      assertEquals(visitor.problems, []);
    }));
  }
}

/**
 * Returns the accessibility problems that axe finds on the page. Each text consists of a rule and
 * an element.
 */
async function findFaults(page: Page): Promise<string[]> {
  // The page's security policy does not apply to `evaluate`.
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
}

Deno.test(
  inBrowser("if the system sets the colours, digits are type that is not masked", async () => {
    await using site = await servePage();
    await using visitor = await openPuzzle(site.url, puzzle, { forcedColors: "active" });
    const styles = await visitor.page.locator(".digit.drawn").evaluateAll((digits) =>
      digits.map((digit) => {
        const { maskImage, backgroundColor, webkitTextFillColor } = getComputedStyle(digit);
        return { maskImage, backgroundColor, isSeen: webkitTextFillColor !== "rgba(0, 0, 0, 0)" };
      })
    );
    const expected = { maskImage: "none", backgroundColor: "rgba(0, 0, 0, 0)", isSeen: true };
    assertEquals(styles, styles.map(() => expected));
  }),
);
