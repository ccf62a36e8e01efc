import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import fc from "fast-check";
import { type AffineMap, drawMap, gatherAugmented } from "../../lib/dataset/augment.ts";
import type { ByteImages } from "../../lib/images.ts";
import { type RandomStream, randomStream } from "../../lib/random.ts";

const still: AffineMap = {
  right: 0,
  down: 0,
  rotation: 0,
  scale: 1,
};
const blob = smoothBlob();

Deno.test("the identity map changes no pixel, and neither does an omitted map", () => {
  const noise = noiseImage();
  const plain = Float32Array.from(noise.pixels, (byte) => byte / 255);
  assertEquals(warp(noise, still), plain);
  assertEquals(gatherAugmented(noise, Uint32Array.of(0)), plain);
});

Deno.test("whole-pixel shifts move pixels exactly and fill in black", () => {
  const noise = noiseImage();
  const shifts = fc.integer({ min: -30, max: 30 });
  fc.assert(fc.property(shifts, shifts, (right, down) => {
    const moved = warp(noise, { ...still, right, down });
    for (let y = 0; y < 28; y++) {
      for (let x = 0; x < 28; x++) {
        const [fromX, fromY] = [x - right, y - down];
        const inside = Math.min(fromX, fromY) >= 0 &&
          Math.max(fromX, fromY) < 28;
        const byte = inside ? noise.pixels[28 * fromY + fromX] : 0;
        assertEquals(moved[28 * y + x], Math.fround(byte / 255));
      }
    }
  }));
});

Deno.test("a shift by half a pixel averages neighbouring pixels", () => {
  const noise = noiseImage();
  const moved = warp(noise, { ...still, right: 0.5 });
  // The neighbour of the leftmost pixel is black.
  assertAlmostEquals(moved[56], noise.pixels[56] / 2 / 255, 1e-6);
  for (const at of [29, 100, 783]) {
    const mean = (noise.pixels[at] + noise.pixels[at - 1]) / 2 / 255;
    assertAlmostEquals(moved[at], mean, 1e-6);
  }
});

Deno.test("a quarter turn is clockwise: the top edge ends up on the right", () => {
  const noise = noiseImage();
  const turned = warp(noise, { ...still, rotation: 90 });
  for (const [x, y] of [[0, 0], [5, 3], [27, 10], [13, 14]]) {
    const source = noise.pixels[28 * (27 - x) + y] / 255;
    assertAlmostEquals(turned[28 * y + x], source, 1e-6);
  }
});

Deno.test("shifts and rotations keep an image's sum, and scaling multiplies it by the square of the factor", () => {
  const mass = (values: Float32Array) => values.reduce((sum, v) => sum + v, 0);
  const before = mass(warp(blob, still));
  fc.assert(
    fc.property(
      fc.record({
        right: fc.double({ min: -2, max: 2, noNaN: true }),
        down: fc.double({ min: -2, max: 2, noNaN: true }),
        rotation: fc.double({ min: -180, max: 180, noNaN: true }),
        scale: fc.double({ min: 0.85, max: 1.15, noNaN: true }),
      }),
      (map) => {
        const after = mass(warp(blob, map));
        assertLess(
          Math.abs(after / (before * map.scale ** 2) - 1),
          0.02,
        );
      },
    ),
  );
});

Deno.test("doubling the size halves the slope of a ramp and keeps the value at its middle", () => {
  const image = asImage(Uint8Array.from({ length: 784 }, (_, i) => i % 28));
  const large = warp(image, { ...still, scale: 2 });
  for (let x = 0; x < 28; x++) {
    assertAlmostEquals(large[28 * 5 + x] * 255, 13.5 + (x - 13.5) / 2, 1e-4);
  }
});

Deno.test("rotation and doubling turn a rightward ramp of slope 1 into a downward one of slope 1/2", () => {
  const image = asImage(Uint8Array.from({ length: 784 }, (_, i) => i % 28));
  const turned = warp(image, { ...still, rotation: 90, scale: 2 });
  for (let y = 0; y < 28; y++) {
    assertAlmostEquals(turned[28 * y + 5] * 255, 13.5 + (y - 13.5) / 2, 1e-4);
  }
});

Deno.test("random numbers near 1 give the upper limits: right, down, clockwise, larger", () => {
  const limits = { shift: 2, rotation: 12, scale: .1 };
  const stream = (value: number) => ({ uniform: () => value }) as unknown as RandomStream;
  assertEquals(drawMap(limits, stream(1)), {
    ...{ right: 2, down: 2, rotation: 12 },
    scale: 1.1,
  });
  assertEquals(drawMap(limits, stream(0)), {
    ...{ right: -2, down: -2, rotation: -12 },
    scale: .9,
  });
});

Deno.test("augmented pixels stay within [0, 1]", () => {
  const noise = noiseImage();
  const stream = randomStream(3, "maps");
  for (let i = 0; i < 50; i++) {
    const map = drawMap({ shift: 30, rotation: 180, scale: 0.9 }, stream);
    assert(warp(noise, map).every((value) => value >= 0 && value <= 1));
  }
});

Deno.test("random maps are uniform within their limits, centred on the identity and reproducible", () => {
  const limits = { shift: 2, rotation: 15, scale: 0.1 };
  const draw = (seed: number) => {
    const stream = randomStream(seed, "maps");
    return Array.from({ length: 2000 }, () => drawMap(limits, stream));
  };
  const maps = draw(1);
  for (const { right, down, rotation, scale } of maps) {
    assert(Math.abs(right) <= 2 && Math.abs(down) <= 2);
    assert(Math.abs(rotation) <= 15 && Math.abs(scale - 1) <= 0.1);
  }
  // The tolerance is five standard deviations of the mean of 2,000 uniform numbers.
  const mean = (of: (map: AffineMap) => number) =>
    maps.reduce((sum, map) => sum + of(map), 0) / maps.length;
  assertLess(Math.abs(mean(({ right }) => right)), 5 * 2 / Math.sqrt(6000));
  assertLess(Math.abs(mean(({ down }) => down)), 5 * 2 / Math.sqrt(6000));
  assertLess(
    Math.abs(mean(({ rotation }) => rotation)),
    5 * 15 / Math.sqrt(6000),
  );
  assertLess(
    Math.abs(mean(({ scale }) => scale) - 1),
    5 * 0.1 / Math.sqrt(6000),
  );
  assertEquals(draw(1), maps);
  assert(draw(2)[0].right !== maps[0].right);
});

Deno.test("each chosen image gets its own map, in order", () => {
  const two: ByteImages = {
    pixels: Uint8Array.of(255, 0, 0, 0, 0, 255, 0, 0),
    count: 2,
    height: 2,
    width: 2,
    range: "0..255",
  };
  const maps = [{ ...still, down: 1 }, { ...still, right: 1 }];
  const batch = gatherAugmented(two, Uint32Array.of(1, 0), (i) => maps[i]);
  assertEquals([...batch], [0, 0, 0, 1, 0, 1, 0, 0]);
});

function warp(image: ByteImages, map: AffineMap): Float32Array {
  return gatherAugmented(image, Uint32Array.of(0), () => map);
}

function asImage(pixels: Uint8Array): ByteImages {
  return { pixels, count: 1, height: 28, width: 28, range: "0..255" };
}

function noiseImage(): ByteImages {
  const stream = randomStream(1, "noise");
  return asImage(Uint8Array.from({ length: 784 }, () => stream.integer(256)));
}

/** A Gaussian hill around the middle, whose mass lies well inside the image. */
function smoothBlob(): ByteImages {
  return asImage(Uint8Array.from({ length: 784 }, (_, i) => {
    const [x, y] = [i % 28 - 14, Math.floor(i / 28) - 13];
    return 255 * Math.exp(-(x * x + 1.5 * y * y) / 18);
  }));
}
