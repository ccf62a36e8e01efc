/** Loads the facts for "How it was made" with the dialog. */
import { useEffect, useState } from "preact/hooks";
import type { TrainingSheets } from "../../../digits/training_sheets.ts";
import { loadScript } from "../chunks/chunk.ts";

/** The content of the script that the build writes. */
export interface MadeFacts {
  readonly training: TrainingSheets;
  readonly notebooks: readonly { readonly href: string; readonly title: string }[];
}

/** Returns the facts; null while they are loading, and an error if they cannot be loaded. */
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
