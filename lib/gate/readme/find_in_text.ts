/** Finds numbers, phrases, templates and tables in Markdown. */

/** A passage in a text. It starts at the index `start` and ends before the index `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Patterns for what may come before and after a number. They exclude digits that are part of a
 * longer number or of a name such as float32.
 */
const BEFORE = String.raw`(?<![\p{L}\d])(?<!\d[.,])`;
const AFTER = String.raw`(?!\d|[.,]\d)`;
const NUMBER = String.raw`\d+(?:[.,]\d+)*(?:e-?\d+)?|\.\d+`;
const WORDS = "[^;|]+?";

/**
 * Finds the first match of a template. Returns the positions of the values in the text, or
 * undefined if the template does not match.
 */
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
    // No group of the pattern is optional, so every group has indices.
    numbers: indices.slice(1).map((each) => ({
      start: each![0],
      end: each![1],
    })),
  };
}

/** Finds the table whose header starts with the given cell. */
export function findTable(text: string, firstCell: string): Span | undefined {
  const pattern = new RegExp(
    String.raw`^\| ${patternOf(firstCell)} *\|.*(?:\n\|.*)*`,
    "m",
  );
  const found = pattern.exec(text);
  if (!found) return undefined;
  return { start: found.index, end: found.index + found[0].length };
}

/**
 * Finds all occurrences of a phrase, except where the phrase would start or end in the middle of a
 * number.
 */
export function findPhrase(text: string, phrase: string): Span[] {
  const pattern = [
    /^\d/.test(phrase) ? BEFORE : "",
    patternOf(phrase),
    /\d$/.test(phrase) ? AFTER : "",
  ].join("");
  return findAll(text, pattern);
}

/** Finds all numbers in the text, except for numbers in code and in link targets. */
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

/**
 * Replaces code and link targets with spaces, so that all positions in the text stay the same.
 * Comments in code blocks are kept.
 */
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
