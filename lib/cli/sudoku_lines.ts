/**
 * Reads a stream line by line, and writes an answer for each line. Memory use stays constant even
 * for millions of lines. To save time, the code awaits chunks of many lines, not single lines.
 */

/** Number of characters to collect before the output is written. */
const OUTPUT_CHUNK = 1 << 16;

/**
 * Writes one answer for each line of the input. Skips blank lines and lines that start with `#`.
 *
 * @param answer returns the answer to a line; lines are numbered from 1
 */
export async function answerLines(
  input: AsyncIterable<Uint8Array>,
  output: { write(bytes: Uint8Array): Promise<number> },
  answer: (line: string, number: number) => string,
): Promise<void> {
  const decoder = new TextDecoder();
  let [rest, answers, number] = ["", "", 0];
  const take = (line: string) => {
    number++;
    const text = line.trim();
    if (text !== "" && !text.startsWith("#")) {
      answers += `${answer(text, number)}\n`;
    }
  };
  for await (const chunk of input) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      take(line);
      if (answers.length < OUTPUT_CHUNK) continue;
      await writeAll(output, answers);
      answers = "";
    }
    // The answers are written at once, so that a user who types puzzles sees each answer
    // immediately.
    await writeAll(output, answers);
    answers = "";
  }
  rest += decoder.decode();
  if (rest !== "") take(rest);
  await writeAll(output, answers);
}

const encoder = new TextEncoder();

/** Writes the whole text. A pipe may accept only a part of the bytes in one call. */
async function writeAll(
  output: { write(bytes: Uint8Array): Promise<number> },
  text: string,
): Promise<void> {
  let bytes = encoder.encode(text);
  while (bytes.length > 0) bytes = bytes.subarray(await output.write(bytes));
}
