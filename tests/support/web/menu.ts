import type { Page } from "playwright-core";

/** Opens the menu of the page and presses one of its buttons, such as "Print". */
export async function openFromMenu(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Menu", exact: true }).click();
  await page.locator(".menu").getByRole("button", { name, exact: true }).click();
}
