/** Finds numbers, phrases, templates and tables in Markdown. */

/** A passage: start and end (exclusive). */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Exclude digits inside longer numbers and names such as float32. */
const BEFORE = String.raw`(?<![\p{L}\d])(?<!\d[.,])`;
const AFTER = String.raw`(?!\d|[.,]\d)`;
const NUMBER = String.raw`\d+(?:[.,]\d+)*(?:e-?\d+)?|\.\d+`;
const WORDS = "[^;|]+?";

/** Finds the first match of a template, with the positions of the values. */
export function findSentence(
  text: string,
  template: string,
): { readonly numbers: readonly Span[] } | undefined {
  const pattern = new RegExp(
    template.split(/(\{\*?\})/).map((piece) =>
      piece === "{}" ? `(${NUMBER})` : piece === "{*}" ? `(${WORDS})` : patternOf(piece)
    ).join(""),
    "d",
  );
  const indices = pattern.exec(text)?.indices;
  if (!indices) return undefined;
  return {
    // Every group takes part in a match.
    numbers: indices.slice(1).map((each) => ({
      start: each![0],
      end: each![1],
    })),
  };
}

/** Finds the table with this first cell in its header. */
export function findTable(text: string, firstCell: string): Span | undefined {
  const pattern = new RegExp(
    String.raw`^\| ${patternOf(firstCell)} *\|.*(?:\n\|.*)*`,
    "m",
  );
  const found = pattern.exec(text);
  if (!found) return undefined;
  return { start: found.index, end: found.index + found[0].length };
}

/** Finds all occurrences of a phrase, except those that cut a number at either end. */
export function findPhrase(text: string, phrase: string): Span[] {
  const pattern = [
    /^\d/.test(phrase) ? BEFORE : "",
    patternOf(phrase),
    /\d$/.test(phrase) ? AFTER : "",
  ].join("");
  return findAll(text, pattern);
}

/** Finds all numbers in prose. */
export function findNumbers(text: string): Span[] {
  return findAll(proseOf(text), `${BEFORE}(?:${NUMBER})`);
}

function findAll(text: string, pattern: string): Span[] {
  return [...text.matchAll(new RegExp(pattern, "gu"))].map((
    { 0: match, index },
  ) => ({ start: index, end: index + match.length }));
}

function patternOf(words: string): string {
  return words.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
    .replaceAll(/\s+/g, String.raw`\s+`);
}

/** Blanks code and link targets, but not comments in code. Positions stay the same. */
function proseOf(text: string): string {
  const blank = (part: string) => part.replaceAll(/[^\n]/g, " ");
  return text
    .replaceAll(
      /^```[^]*?^```/gm,
      (block) =>
        block.replaceAll(/^.*$/gm, (line) => {
          const comment = /\s(?:#|\/\/) .*$/.exec(line)?.index ?? line.length;
          return blank(line.slice(0, comment)) + line.slice(comment);
        }),
    )
    .replaceAll(/`[^`\n]*`/g, blank)
    .replaceAll(/\]\([^)]*\)/g, blank);
}
