/**
 * Lines in, lines out, for commands that go through millions of them: memory stays the same however
 * many come, and nothing is awaited for a single line.
 */

/** Answers are kept until they are this long together, in characters. */
const OUTPUT_CHUNK = 1 << 16;

/**
 * Writes an answer for each line of a stream. Blank lines, and those that begin with `#`, have
 * none.
 *
 * @param answer what to write for a line, which is counted from 1
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
    // Whoever types puzzles by hand sees each answer at once.
    await writeAll(output, answers);
    answers = "";
  }
  rest += decoder.decode();
  if (rest !== "") take(rest);
  await writeAll(output, answers);
}

const encoder = new TextEncoder();

/** Writes a whole text: a pipe may take a part at a time. */
async function writeAll(
  output: { write(bytes: Uint8Array): Promise<number> },
  text: string,
): Promise<void> {
  let bytes = encoder.encode(text);
  while (bytes.length > 0) bytes = bytes.subarray(await output.write(bytes));
}
