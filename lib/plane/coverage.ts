/** Measures how much of the data is covered by a set of generated points. */
import { BLOB_DEVIATION, blobCentres, type PlanePoint } from "./blobs.ts";

export interface Coverage {
  /** The number of blobs that have at least the fraction {@linkcode REACHED} of the points. */
  readonly blobs: number;
  /** For each blob: the fraction of the points that lie on it. */
  readonly shares: readonly number[];
  /** The fraction of the points that lie on any of the blobs. */
  readonly onBlobs: number;
  /** The largest fraction of the points that lies on a single blob. */
  readonly most: number;
}

/**
 * A point lies on a blob if it is within this many standard deviations of the blob's centre, as
 * 98.9 % of real points are.
 */
const NEAR = 3;

/**
 * A blob counts as reached if at least this fraction of the points lies on it. If points were
 * spread evenly, each blob would have an eighth.
 */
export const REACHED = 0.02;

/** Counts points by blob. */
export function measureCoverage(points: readonly PlanePoint[]): Coverage {
  const counts = blobCentres.map(([cx, cy]) =>
    points.filter(([x, y]) => Math.hypot(x - cx, y - cy) <= NEAR * BLOB_DEVIATION).length
  );
  const shares = counts.map((count) => count / points.length);
  return {
    shares,
    blobs: shares.filter((share) => share >= REACHED).length,
    onBlobs: shares.reduce((sum, share) => sum + share, 0),
    most: Math.max(...shares),
  };
}
