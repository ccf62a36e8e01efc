/** Turns the messages of a kernel into the outputs of a notebook's cells. */
import type { Message } from "./messages.ts";
import type { Output } from "./notebook_file.ts";

/**
 * Collects the outputs of all cells of a notebook. One collector is used for all cells, because a
 * cell may update the output of an earlier cell.
 */
export class OutputCollector {
  readonly #displays = new Map<string, Output[]>();

  /**
   * Begins a cell, and returns its list of outputs, which is empty at first. To update the list,
   * call the returned function `add` with each message from the kernel.
   */
  begin(): { readonly outputs: Output[]; add(message: Message): void } {
    const outputs: Output[] = [];
    return { outputs, add: (message) => this.#add(outputs, message) };
  }

  #add(outputs: Output[], { type, content }: Message): void {
    switch (type) {
      case "stream":
        return addStream(outputs, content);
      case "display_data":
        return this.#addDisplay(outputs, content);
      case "update_display_data":
        return this.#updateDisplay(content);
      case "execute_result":
        outputs.push({
          output_type: type,
          execution_count: null,
          data: content.data,
          metadata: content.metadata,
        });
        return;
      case "error":
        outputs.push({
          output_type: type,
          ename: content.ename,
          evalue: content.evalue,
          traceback: content.traceback,
        });
        return;
      case "clear_output":
        outputs.length = 0;
    }
  }

  #addDisplay(outputs: Output[], content: Display): void {
    const { data, metadata, transient } = content;
    const output: Output = { output_type: "display_data", data, metadata };
    outputs.push(output);
    const id = transient?.display_id;
    if (id) this.#displays.set(id, [...this.#displays.get(id) ?? [], output]);
  }

  #updateDisplay({ data, metadata, transient }: Display): void {
    for (
      const output of this.#displays.get(transient?.display_id ?? "") ?? []
    ) {
      Object.assign(output, { data, metadata });
    }
  }
}

interface Display {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly transient?: { readonly display_id?: string };
}

function addStream(
  outputs: Output[],
  { name, text }: { name: string; text: string },
): void {
  const last = outputs.at(-1);
  if (last?.output_type === "stream" && last.name === name) {
    last.text = `${last.text}${text}`;
  } else {
    outputs.push({ output_type: "stream", name, text });
  }
}
