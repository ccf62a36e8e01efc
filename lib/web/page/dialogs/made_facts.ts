/**
 * Loads the facts that the dialog "How it was made" shows. They are loaded when the dialog opens.
 */
import { useEffect, useState } from "preact/hooks";
import type { TrainingSheets } from "../../../digits/training_sheets.ts";
import { loadScript } from "../chunks/chunk.ts";

/**
 * The facts that the dialog shows. The build writes these facts into a script, which the page
 * loads.
 */
export interface MadeFacts {
  readonly training: TrainingSheets;
  readonly notebooks: readonly { readonly href: string; readonly title: string }[];
}

/**
 * Returns the facts. Returns null while the facts are loading, or an error if they cannot be
 * loaded.
 */
export function useMadeFacts(): MadeFacts | null | Error {
  const [facts, setFacts] = useState<MadeFacts | null | Error>(knownFacts);
  useEffect(() => {
    if (facts === null) loadScript("made.js").then(() => setFacts(knownFacts()), setFacts);
  }, []);
  return facts;
}

function knownFacts(): MadeFacts | null {
  return (globalThis as { sudoganMade?: MadeFacts }).sudoganMade ?? null;
}
