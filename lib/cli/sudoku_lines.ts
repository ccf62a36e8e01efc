/** Answers millions of lines in constant memory, without awaiting each line. */

/** Characters of output per write. */
const OUTPUT_CHUNK = 1 << 16;

/**
 * Writes the answer to each line, except for blank lines and lines that start with `#`.
 *
 * @param answer lines are counted from 1
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
    // A user who types puzzles sees each answer at once.
    await writeAll(output, answers);
    answers = "";
  }
  rest += decoder.decode();
  if (rest !== "") take(rest);
  await writeAll(output, answers);
}

const encoder = new TextEncoder();

/** A pipe may accept only a part at a time. */
async function writeAll(
  output: { write(bytes: Uint8Array): Promise<number> },
  text: string,
): Promise<void> {
  let bytes = encoder.encode(text);
  while (bytes.length > 0) bytes = bytes.subarray(await output.write(bytes));
}
