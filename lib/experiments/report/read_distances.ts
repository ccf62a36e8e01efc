/**
 * Reads a row's Fréchet distances, one for each extractor and number of images, from the files of
 * the row's cells.
 */
import pl from "nodejs-polars";
import { mean } from "simple-statistics";
import { folderOf } from "../cells/cells.ts";
import type { GatheredRow } from "./gather.ts";

/**
 * A row's distance for one extractor and one number of images. The distance is a mean over seeds.
 */
export interface RowDistance {
  readonly extractor: string;
  /** The number of generated images. These images are compared with 10,000 real images. */
  readonly images: number;
  readonly generated: number;
  /**
   * The distance when the generated images are replaced by the same number of real images that are
   * not among the 10,000.
   */
  readonly real: number;
}

/** Returns the distances of a row. Returns an empty list if the row has no finished cells. */
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
