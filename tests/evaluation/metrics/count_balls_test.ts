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

/**
 * The lengths of the vectors decide how large the rounding errors of their distances are. Vectors
 * that are half as long again have clearly different errors, but are still near the others.
 */
const lengths: readonly [name: string, ofReal: number, ofGenerated: number][] = [
  ["vectors of about the same length", 1, 1],
  ["longer real vectors", 1.5, 1],
  ["longer generated vectors", 1, 1.5],
];

/** If many vectors are near each other, then the counts are found in another way. */
const corners = { "few near each other": 10, "all near each other": 1 } as const;

const cases = lengths.flatMap(([name, ...both]) =>
  Object.entries(corners).map(([nearness, count]) =>
    [`${name}, ${nearness}`, count, ...both] as const
  )
);

for (const [name, count, ofReal, ofGenerated] of cases) {
  const real = spread(REAL, { corners: count, length: ofReal, seed: 1 });
  const generated = spread(GENERATED, { corners: count, length: ofGenerated, seed: 2 });
  const none = { real: new Float64Array(REAL), generated: new Float64Array(GENERATED) };
  const onEdge = {
    real: radiiOnEdge(real, generated, count),
    generated: radiiOnEdge(generated, real, count),
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

interface Spread {
  readonly corners: number;
  readonly length: number;
  readonly seed: number;
}

/** Returns vectors near random corners of a cube. The vectors take turns in the corners. */
function spread(count: number, { corners, length, seed }: Spread): Features {
  const stream = randomStream(seed, "vectors");
  const drawn = randomStream(0, "corners");
  const signs = Float32Array.from(
    { length: corners * DIMENSION },
    () => drawn.uniform() < 0.5 ? -1 : 1,
  );
  const values = Float32Array.from(
    { length: count * DIMENSION },
    (_, at) => length * (signs[at % signs.length] + 0.01 * stream.uniform()),
  );
  return { values, count, dimension: DIMENSION };
}

/**
 * For each vector, returns a squared radius for which another vector is just inside the ball, or
 * lies exactly on its edge and is therefore outside.
 */
function radiiOnEdge(centres: Features, others: Features, corners: number): Float64Array {
  return Float64Array.from({ length: centres.count }, (_, i) => {
    const square = exactSquare(centres, i, others, i % corners);
    return i % 3 === 0 ? square : square * (1 + Number.EPSILON);
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
