import { assert, assertEquals } from "@std/assert";
import {
  type BallCounts,
  type Balls,
  countBalls,
} from "../../../lib/evaluation/metrics/count_balls.ts";
import { exactSquare } from "../../../lib/evaluation/metrics/distance_blocks.ts";
import type { Features } from "../../../lib/evaluation/metrics/features.ts";
import { randomStream } from "../../../lib/random.ts";
import { onBothEngines } from "../../support/features.ts";

const REAL = 60;
const GENERATED = 50;
const DIMENSION = 16;
const CORNERS = 10;

/**
 * The lengths of the vectors decide how large the rounding errors of their distances are. A half
 * makes a clear difference between the errors, and the vectors are still near each other.
 */
const lengths: readonly [name: string, ofReal: number, ofGenerated: number][] = [
  ["vectors of about the same length", 1, 1],
  ["longer real vectors", 1.5, 1],
  ["longer generated vectors", 1, 1.5],
];

for (const [name, ofReal, ofGenerated] of lengths) {
  const real = spread(REAL, ofReal, 1);
  const generated = spread(GENERATED, ofGenerated, 2);
  const none = { real: new Float64Array(REAL), generated: new Float64Array(GENERATED) };
  const onEdge = {
    real: radiiOnEdge(real, generated),
    generated: radiiOnEdge(generated, real),
  };

  // If rounding moved one of these vectors out of its ball, the count would be too small.
  for (const side of ["real", "generated"] as const) {
    Deno.test(`balls of ${side} vectors contain what lies just within: ${name}`, async () => {
      const radii = { ...none, [side]: onEdge[side] };
      const [a, b]: Balls[] = [
        { features: real, radii: radii.real },
        { features: generated, radii: radii.generated },
      ];
      const expected = byDefinition(a, b);
      const found = await onBothEngines(() => countBalls(a, b, {}));
      for (const counts of Object.values(found)) assertEquals(counts, expected);
      const inBalls = side === "real" ? expected.inReal : expected.aroundReal;
      assert(inBalls.some((count) => count > 0));
    });
  }
}

/**
 * Returns vectors near random corners of a cube, each near the same corner as every tenth vector
 * after it.
 */
function spread(count: number, length: number, seed: number): Features {
  const stream = randomStream(seed, "vectors");
  const corners = randomStream(0, "corners");
  const signs = Float32Array.from(
    { length: CORNERS * DIMENSION },
    () => corners.uniform() < 0.5 ? -1 : 1,
  );
  const values = Float32Array.from(
    { length: count * DIMENSION },
    (_, at) => length * (signs[at % signs.length] + 0.01 * stream.uniform()),
  );
  return { values, count, dimension: DIMENSION };
}

/** For each vector, returns the smallest squared radius with which its ball contains one other. */
function radiiOnEdge(centres: Features, others: Features): Float64Array {
  return Float64Array.from({ length: centres.count }, (_, i) => {
    const square = exactSquare(centres, i, others, i % CORNERS);
    return square * (1 + Number.EPSILON);
  });
}

function byDefinition(real: Balls, generated: Balls): BallCounts {
  const [n, m] = [real.features.count, generated.features.count];
  const counts = {
    aroundGenerated: new Uint32Array(m),
    aroundReal: new Uint32Array(n),
    inReal: new Uint32Array(n),
  };
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      const square = exactSquare(real.features, i, generated.features, j);
      if (square < real.radii[i]) {
        counts.inReal[i]++;
        counts.aroundGenerated[j]++;
      }
      if (square < generated.radii[j]) counts.aroundReal[i]++;
    }
  }
  return counts;
}
