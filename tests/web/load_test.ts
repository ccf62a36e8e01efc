import { assert, assertEquals } from "@std/assert";
import { firstLoadSize } from "../../lib/web/build/first_load_size.ts";
import { inBrowser } from "../support/web/browser.ts";
import { builtPage, servePage, visit, writePage } from "../support/web/site.ts";

Deno.test(inBrowser("the page loads from a server and from disk without errors", async () => {
  for (const open of [servePage, writePage]) {
    await using site = await open();
    await using visitor = await visit(site.url);
    await visitor.page.getByRole("heading", { name: "Sudogan" }).waitFor();
    assertEquals(visitor.problems, [], site.url);
  }
}));

Deno.test("the first load is under 200 kB compressed, all files together", async () => {
  const bytes = firstLoadSize(await builtPage());
  assert(bytes < 200_000, `${bytes} bytes`);
});
