/** Reads how a row's Fréchet distances depend on the number of images, from its cells' files. */
import pl from "nodejs-polars";
import { mean } from "simple-statistics";
import { folderOf } from "../cells/cells.ts";
import type { GatheredRow } from "./gather.ts";

/** A row's distance for an extractor and a number of images, as a mean over seeds. */
export interface RowDistance {
  readonly extractor: string;
  /** Number of generated images. They are compared with 10,000 real ones. */
  readonly images: number;
  readonly generated: number;
  /** The distance of the same number of other real images. */
  readonly real: number;
}

/** Returns the distances of a row, or an empty list if none of its cells is finished. */
export function readDistances(
  { cells }: Pick<GatheredRow, "cells">,
  root: string,
): RowDistance[] {
  const tables = cells.map(({ cell }) =>
    pl.readCSV(`${folderOf(root, cell)}/distances.csv`).toRecords().map((record) => ({
      extractor: String(record.extractor),
      images: Number(record.images),
      generated: Number(record.generated),
      real: Number(record.real),
    }))
  );
  const [first = []] = tables;
  return first.map(({ extractor, images }) => {
    const same = tables.flatMap((table) =>
      table.filter((each) => each.extractor === extractor && each.images === images)
    );
    return {
      extractor,
      images,
      generated: mean(same.map(({ generated }) => generated)),
      real: mean(same.map(({ real }) => real)),
    };
  });
}
