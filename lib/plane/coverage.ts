import { BLOB_DEVIATION, blobCentres, type PlanePoint } from "./blobs.ts";

export interface Coverage {
  /** Number of blobs whose share of all points is at least {@linkcode REACHED}. */
  readonly blobs: number;
  /** Fraction of all points that lie on each blob. */
  readonly shares: readonly number[];
  /** Fraction of all points that lie on one of the blobs. */
  readonly onBlobs: number;
  /** Fraction of all points that lie on the blob with the most points. */
  readonly most: number;
}

/** Radius of a blob in standard deviations. 98.9 % of the real points are within this radius. */
const NEAR = 3;

/**
 * Fraction of all points that a blob needs to count as reached. If the points are spread evenly,
 * then each blob has an eighth of the points.
 */
export const REACHED = 0.02;

/** Measures how the points are distributed over the blobs. */
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
