/** Reads the rungs of a search back from the folders of its cells. */
import type { Cell } from "../cells/cells.ts";
import { drawCandidates } from "./candidates.ts";
import { countOf, type Rung, type Standing, standingsOf } from "./search.ts";

export interface ReadRung extends Rung {
  /** Number of candidates in the whole rung. The cells are only those that have begun. */
  readonly size: number;
  /** The ranking, best first; undefined while a cell is neither finished nor broken. */
  readonly standings: readonly Standing[] | undefined;
}

/** Returns the rungs that have begun, shortest first. Without a search, there are none. */
export async function readSearch(root: string): Promise<ReadRung[]> {
  const found: { readonly steps: number; readonly numbers: readonly number[] }[] = [];
  for (const name of await namesIn(root)) {
    const steps = Number(/^(\d+)-steps$/.exec(name)?.[1]);
    if (!steps) continue;
    const numbers = (await namesIn(`${root}/${name}`)).flatMap((name) => {
      const number = /^candidate-(\d+)$/.exec(name)?.[1];
      return number === undefined ? [] : [Number(number)];
    });
    if (numbers.length > 0) found.push({ steps, numbers });
  }
  const count = 1 + Math.max(0, ...found.flatMap(({ numbers }) => numbers));
  const candidates = drawCandidates(count);
  return await Promise.all(
    found.toSorted((a, b) => a.steps - b.steps).map(async ({ steps, numbers }, rung) => {
      const cells = numbers.toSorted((a, b) => a - b)
        .map((number): Cell => ({ experiment: candidates[number], seed: 1, steps }));
      const standings = await standingsOf(root, { steps, cells });
      return { steps, cells, size: countOf(count, rung), standings };
    }),
  );
}

/** Lists the names in a folder, or none if there is no such folder. */
async function namesIn(folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(folder)) names.push(name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return names;
}
