/** Loads the facts for the dialog "How it was made" when it opens. */
import { useEffect, useState } from "preact/hooks";
import type { TrainingSheets } from "../../../digits/training_sheets.ts";
import { loadScript } from "../chunks/chunk.ts";

/** The facts, which are in a script that the build writes. */
export interface MadeFacts {
  readonly training: TrainingSheets;
  readonly notebooks: readonly { readonly href: string; readonly title: string }[];
}

/** Returns the facts, or null while they are loading, or an error if they cannot be loaded. */
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
