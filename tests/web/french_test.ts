/** What the page says of steps in French: every kind of reason has its sentence. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { explain, generate, levels, parseGrid, type Step } from "../../lib/sudoku/mod.ts";
import { frenchSentence } from "../../lib/web/page/french/french_sentence.ts";
import { pickLanguage, textsOf } from "../../lib/web/page/texts.ts";

Deno.test("a step's sentence in French", () => {
  const [single] = explain(parseGrid("123. .... .... ...."));
  assertEquals(
    frenchSentence(single),
    "La ligne 1 n’a qu’une case vide, l1c4, et il n’y manque que 4. Donc l1c4 est 4.",
  );
  const pointing = stepsOfAllLevels().find(({ reason }) => reason.kind === "locked candidates")!;
  assertMatch(
    frenchSentence(pointing),
    /^L[ae] \S+ \d n’a de place pour \d qu’à son croisement avec .* Donc .*\.$/,
  );
});

Deno.test("no sentence has a gap or an English word", () => {
  const kinds = new Set<string>();
  for (const step of stepsOfAllLevels()) {
    const sentence = frenchSentence(step);
    kinds.add(step.reason.kind);
    assert(!/undefined|NaN|\b(and|or|the|row|column|box|is|not)\b/.test(sentence), sentence);
    for (const { digit } of [...step.placements, ...step.removals]) {
      assert(sentence.includes(String(digit)), sentence);
    }
  }
  assert(kinds.size >= 10, [...kinds].join());
});

Deno.test("both languages have the same texts, and none is empty", () => {
  assertEquals(pathsOf(textsOf.fr).sort(), pathsOf(textsOf.en).sort());
});

Deno.test("the page speaks the first of the player's languages that it can", () => {
  const cases = [
    [["fr-CA", "en"], "fr"],
    [["de", "fr"], "fr"],
    [["en-US", "fr"], "en"],
    [["de"], "en"],
    [[], "en"],
  ] as const;
  for (const [languages, wanted] of cases) assertEquals(pickLanguage(languages), wanted);
});

function stepsOfAllLevels(): Step[] {
  return levels.flatMap(({ name }) =>
    [1, 2, 3, 4].flatMap((seed) => [...explain(generate({ level: name, seed }).grid)])
  );
}

/** Where there is a text, a list or a function; names of techniques stay English where missing. */
function pathsOf(texts: object, path = ""): string[] {
  return Object.entries(texts).flatMap(([name, text]) => {
    const here = `${path}.${name}`;
    if (here === ".techniques") return [];
    if (typeof text === "object") return pathsOf(text, here);
    assert(text !== "", here);
    return [`${here} ${typeof text}`];
  });
}
