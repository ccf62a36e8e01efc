import { assert, assertEquals } from "@std/assert";
import { pickLanguage, textsOf } from "../../lib/web/page/texts.ts";

Deno.test("both languages have the same texts, and no text is empty", () => {
  assertEquals(pathsOf(textsOf.fr).sort(), pathsOf(textsOf.en).sort());
});

Deno.test("the page uses the first of the player's languages that it has", () => {
  const cases = [
    [["fr-CA", "en"], "fr"],
    [["de", "fr"], "fr"],
    [["en-US", "fr"], "en"],
    [["de"], "en"],
    [[], "en"],
  ] as const;
  for (const [languages, wanted] of cases) assertEquals(pickLanguage(languages), wanted);
});

/**
 * Returns the path and the type of every entry in a dictionary of texts, including the entries of
 * nested dictionaries and lists.
 */
function pathsOf(texts: object, path = ""): string[] {
  return Object.entries(texts).flatMap(([name, text]) => {
    const here = `${path}.${name}`;
    if (typeof text === "object") return pathsOf(text, here);
    assert(text !== "", here);
    return [`${here} ${typeof text}`];
  });
}
