/** Finds numbers, phrases, templates and tables in Markdown. Line breaks count as spaces. */

/** The start and the end of a passage in a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** These patterns exclude digits that are part of a longer number or of a name such as float32. */
const BEFORE = String.raw`(?<![\p{L}\d])(?<!\d[.,])`;
const AFTER = String.raw`(?!\d|[.,]\d)`;
const NUMBER = String.raw`\d+(?:[.,]\d+)*(?:e-?\d+)?|\.\d+`;
const WORDS = "[^;|]+?";

/**
 * Finds the first passage that matches a template. Returns the positions of its numbers (`{}` in
 * the template) and of its words (`{*}`).
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
    // Every group of the pattern is part of each match, so all indices are defined.
    numbers: indices.slice(1).map((each) => ({
      start: each![0],
      end: each![1],
    })),
  };
}

/** Finds the table whose header begins with the given cell. */
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
 * Finds every occurrence of a phrase. Skips an occurrence if a number at its start or end is part
 * of a longer number.
 */
export function findPhrase(text: string, phrase: string): Span[] {
  const pattern = [
    /^\d/.test(phrase) ? BEFORE : "",
    patternOf(phrase),
    /\d$/.test(phrase) ? AFTER : "",
  ].join("");
  return findAll(text, pattern);
}

/** Finds every number in a text's prose. */
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
 * Returns the text with spaces in place of everything that is not prose, namely code (except for
 * its comments) and the targets of links. Positions stay the same.
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
