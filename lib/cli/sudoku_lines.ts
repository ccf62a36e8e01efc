/**
 * Reads and writes lines for commands that process millions of them. Memory use stays constant, and
 * lines are processed without awaiting each one.
 */

/** Number of characters of output to collect before writing it. */
const OUTPUT_CHUNK = 1 << 16;

/**
 * Writes the output for each line of a stream. Skips blank lines and those that start with `#`.
 *
 * @param answer returns the output for a line; lines are counted from 1
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
    // Writes after each chunk of input, so that a user who types puzzles sees each result at once.
    await writeAll(output, answers);
    answers = "";
  }
  rest += decoder.decode();
  if (rest !== "") take(rest);
  await writeAll(output, answers);
}

const encoder = new TextEncoder();

/**
 * Writes a whole string, in several calls if necessary, since a pipe may accept only part of it at
 * a time.
 */
async function writeAll(
  output: { write(bytes: Uint8Array): Promise<number> },
  text: string,
): Promise<void> {
  let bytes = encoder.encode(text);
  while (bytes.length > 0) bytes = bytes.subarray(await output.write(bytes));
}
