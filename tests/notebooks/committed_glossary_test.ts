/**
 * Tests that each notebook links the first use of a technical term to the glossary. The glossary is
 * at the end of notebook 0.
 */
import { assert, assertArrayIncludes, assertEquals } from "@std/assert";
import { readNotebook } from "../../lib/notebooks/runner/notebook_file.ts";
import { dirname, fromFileUrl } from "../support/paths.ts";

const folder = `${dirname(fromFileUrl(import.meta.url), 2)}/../notebooks`;
const names = [...Deno.readDirSync(folder)].map(({ name }) => name)
  .filter((name) => name.endsWith(".ipynb")).sort();
const HOME = names[0];

/** The Markdown cells of each notebook, with one string per cell. */
const prose = new Map(
  await Promise.all(names.map(async (name) => {
    const { cells } = await readNotebook(`${folder}/${name}`);
    const markdown = cells.filter((cell) => cell.cell_type === "markdown");
    return [name, markdown.map(({ source }) => source)] as const;
  })),
);

interface Entry {
  readonly name: string;
  readonly aliases: readonly string[];
}

const entries: readonly Entry[] = [
  ...sectionOf(prose.get(HOME)!, "Glossary").matchAll(/^- \*\*(.+?)\*\*(?:, (?:or )?([^:]+))?:/gm),
].map(([, name, alias]) => ({ name, aliases: alias === undefined ? [] : [alias] }));

Deno.test("the glossary is in alphabetical order and has each word once", () => {
  const words = entries.map(({ name }) => name.toLowerCase());
  assertEquals(words, [...new Set(words)].sort());
  assert(words.length > 20);
});

Deno.test("each word of the glossary is linked from some notebook", () => {
  const linked = names.flatMap((name) => linkedWords(prose.get(name)!.join("\n")));
  const unlinked = entries.filter(({ name, aliases }) =>
    ![name, ...aliases].some((word) => linked.includes(oneOf(word)))
  );
  assertEquals(unlinked, []);
});

for (const name of names) {
  const cells = prose.get(name)!;

  Deno.test(`${name}: its first cell says where the glossary is`, () => {
    assertArrayIncludes(linkedWords(cells[0]), ["link to the glossary"]);
  });

  Deno.test(`${name}: each link to the glossary finds its word there`, () => {
    const words = entries.flatMap(({ name, aliases }) => [name, ...aliases]).map(oneOf);
    assertEquals(
      linkedWords(cells.slice(1).join("\n")).filter((word) => !words.includes(word)),
      [],
    );
    const other = cells.join("\n").match(/\]\(([^)]*)#Glossary\)/g) ?? [];
    const wanted = `](${name === HOME ? "" : HOME}#Glossary)`;
    assertEquals([...new Set(other)], [wanted]);
  });

  Deno.test(`${name}: the first use of a word of the glossary is a link`, () => {
    const text = bodyOf(cells.slice(1));
    assertEquals(entries.map(({ name }) => name).filter((word) => !startsWithLink(text, word)), []);
  });

  Deno.test(`${name}: each reference can be clicked`, () => {
    const references = sectionOf(cells, "References").split(/^- /m).slice(1);
    assert(references.length > 0);
    assertEquals(references.filter((reference) => !/\]\(https?:/.test(reference)), []);
  });
}

/** Returns a section of the prose, without the section's title. */
function sectionOf(cells: readonly string[], title: string): string {
  return cells.join("\n").split(`## ${title}\n`)[1]?.split(/^## /m)[0] ?? "";
}

/**
 * Returns the prose before the glossary or the references. Titles, code and formulas are left out.
 */
function bodyOf(cells: readonly string[]): string {
  return cells.join("\n\n").split(/^## (?:Glossary|References)$/m)[0]
    .replaceAll(
      /```[^]*?```|`[^`]*`|\$\$[^]*?\$\$|\$[^$]*\$|<summary>.*?<\/summary>|^[#|].*$/gm,
      " ",
    );
}

/**
 * Returns true if the first occurrence of a word is a link to the glossary, or if the word does not
 * occur.
 */
function startsWithLink(text: string, word: string): boolean {
  const end = "(?![A-Za-z0-9-])";
  const plain = `(?<![A-Za-z0-9-])${oneOf(word).replaceAll(" ", "\\s")}(?:s|es)?${end}`;
  const found = new RegExp(`\\[[^\\]]*\\]\\(([^)]*)\\)|${plain}`, "gi");
  for (const [match, address] of text.matchAll(found)) {
    if (address === undefined) return false;
    if (address.endsWith("#Glossary") && linkedWords(match).includes(oneOf(word))) return true;
  }
  return true;
}

/** Returns the text of each link to the glossary, in lower case and in the singular. */
function linkedWords(text: string): string[] {
  return [...text.matchAll(/\[([^\]]*)\]\([^)]*#Glossary\)/g)].map(([, word]) => oneOf(word));
}

/** Returns a word in lower case and in the singular, without emphasis. */
function oneOf(word: string): string {
  const plain = word.replaceAll(/[_*]/g, "").replaceAll(/\s+/g, " ").toLowerCase()
    .replace(/sses$/, "ss");
  return /(?:ss|us|is)$/.test(plain) ? plain : plain.replace(/(?<=[a-z])s$/, "");
}
