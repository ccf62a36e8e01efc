import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import pl from "nodejs-polars";
import sharp from "sharp";
import { animate } from "../../../lib/display/animation.ts";
import { slownessOf, stepSeconds } from "../../../lib/engine/step_seconds.ts";
import type { Broadcast } from "../../../lib/notebooks/cells/mod.ts";
import {
  animatedPicture,
  animation,
  chart,
  ganDiagram,
  live,
  markdown,
  openNotebook,
  progress,
  sheet,
  showBy,
  table,
} from "../../../lib/notebooks/cells/mod.ts";

interface Sent {
  readonly type: string;
  readonly content: Readonly<Record<string, unknown>>;
}

Deno.test("adjacent lines are sent together, and in order with other output", async () => {
  const { sent, broadcast } = record();
  await showBy(broadcast, ["a", 1, markdown`*b*`, "c", "d"]);
  assertEquals(
    sent.map(({ type, content }) => [type, content.text ?? content.data]),
    [
      ["stream", "a\n1\n"],
      ["display_data", { "text/markdown": "*b*", "text/plain": "*b*" }],
      ["stream", "c\nd\n"],
    ],
  );
});

Deno.test("a chart is sent as Vega-Lite 5, as a picture of twice the size and as text", async () => {
  const { data, metadata } = await chart({
    title: { text: "Losses" },
    data: { values: [{ x: 1 }] },
    width: 100,
    mark: "point",
    encoding: { x: { field: "x", type: "quantitative" } },
  });
  assertEquals(Object.keys(data).sort(), [
    "application/vnd.vegalite.v5+json",
    "image/png",
    "text/plain",
  ]);
  assertEquals(data["text/plain"], "Chart: Losses");
  const spec = data["application/vnd.vegalite.v5+json"] as { $schema: string };
  assertStringIncludes(spec.$schema, "v5.json");
  const { width } = metadata["image/png"] as { width: number };
  assertEquals(width, Math.round(pngWidth(data["image/png"] as string) / 2));
  assert(width > 100);
});

Deno.test("a chart that changes five times a second may be sent without its picture", async () => {
  const { data } = await chart({ data: { values: [] }, mark: "point" }, {
    picture: false,
  });
  assertEquals("image/png" in data, false);
});

Deno.test("a chart's picture with few colours takes fewer bytes at the same width and height", async () => {
  const values = Array.from({ length: 300 }, (_, x) => ({ x, y: x * 7 % 11 }));
  const spec = {
    data: { values },
    mark: "circle" as const,
    encoding: {
      x: { field: "x", type: "quantitative" as const },
      y: { field: "y", type: "quantitative" as const },
      color: { field: "x", type: "quantitative" as const },
    },
  };
  const [all, few] = [await chart(spec), await chart(spec, { fewColours: true })];
  const lengths = [all, few].map(({ data }) => (data["image/png"] as string).length);
  assert(lengths[1] < 0.7 * lengths[0], String(lengths));
  assertEquals(few.metadata, all.metadata);
});

Deno.test("an animation is sent as a PNG with all its frames, and a diagram as a PNG of twice the size", async () => {
  const frame = (x: number) => ({
    title: "Moves",
    data: { values: [{ x }] },
    mark: "point" as const,
    encoding: {
      x: { field: "x", type: "quantitative" as const, scale: { domain: [0, 9] as number[] } },
    },
  });
  const options = { delayMs: 100, lastDelayMs: 100 };
  const { data } = await animation([frame(1), frame(2), frame(3)], options);
  assertEquals(data["text/plain"], "Animation of 3 charts: Moves");
  const bytes = Uint8Array.fromBase64(data["image/png"] as string);
  const text = new TextDecoder("latin1").decode(bytes);
  assertEquals(text.split("fcTL").length - 1, 3);
  const diagram = await ganDiagram({ data: "images", noise: "100 numbers" });
  const { width } = diagram.metadata["image/png"] as { width: number };
  assertEquals(pngWidth(diagram.data["image/png"] as string), 2 * width);
});

Deno.test("an animated picture has the chosen frames of a WebP, in their order", async () => {
  const shades = [10, 60, 110, 160];
  const pngs = shades.map((shade) =>
    sharp({ create: { width: 4, height: 4, channels: 3, background: { r: shade, g: 0, b: 0 } } })
      .png().toBuffer()
  );
  const timing = { delayMs: 100, lastDelayMs: 200 };
  const webp = await animate(await Promise.all(pngs), timing);
  const { data } = await animatedPicture(webp, "Shades", { ...timing, frames: [0, 1, 3] });
  const bytes = Uint8Array.fromBase64(data["image/png"] as string);
  assertEquals(new TextDecoder("latin1").decode(bytes).split("fcTL").length - 1, 3);
  const still = await sharp(bytes).raw().toBuffer();
  assertEquals(still[0], shades[3], "the last frame is the still picture");
});

Deno.test("a sheet is shown on the page at the width of its picture", async () => {
  const { data, metadata } = await sheet(
    {
      pixels: new Uint8Array(8),
      count: 2,
      height: 2,
      width: 2,
      range: "0..255",
    },
    { columns: 2, scale: 3, gap: 1 },
  );
  const png = pngWidth(data["image/png"] as string);
  assertEquals(png, 2 * (2 * 3 + 1) + 1);
  assertEquals(metadata, { "image/png": { width: png } });
});

Deno.test("by default the images of a sheet are as large as a page allows, up to four times", async () => {
  for (const [columns, scale] of [[16, 2], [12, 2], [10, 3], [4, 4]] as const) {
    const images = { pixels: new Uint8Array(16 * 784), count: 16, height: 28, width: 28 };
    const { data } = await sheet({ ...images, range: "0..255" }, { columns });
    assertEquals(pngWidth(data["image/png"] as string), columns * (28 * scale + 2) + 2);
  }
});

Deno.test("a table has all rows with rounded numbers, and escapes HTML", () => {
  const { data } = table([
    { name: "a<b", count: 60_000, share: 1 / 3 },
    { name: "c", count: 2, share: null },
  ], { decimals: { share: 2 } });
  assertEquals(
    data["text/plain"],
    "name   count  share\na<b   60,000   0.33\nc          2",
  );
  assertStringIncludes(data["text/html"] as string, ">a&lt;b</td>");
});

Deno.test("a Polars data frame is shown as a table, including its big integers", () => {
  const frame = pl.DataFrame({ digit: ["a", "b"], mean: [0.12345, 12.345] });
  assertEquals(
    table(frame).data["text/plain"],
    "digit    mean\na      0.1235\nb       12.35",
  );
  assertStringIncludes(table([{ n: 9n }]).data["text/plain"] as string, "9");
});

Deno.test("an output that changes a thousand times shows the first, the last and a few in between", async () => {
  const { sent, broadcast } = record();
  const place = live(broadcast);
  for (let i = 0; i < 1000; i++) {
    place.update(() => markdown`${i}`);
    if (i % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await place.end();
  assertEquals(sent[0].type, "display_data");
  assert(sent.slice(1).every(({ type }) => type === "update_display_data"));
  assertEquals((sent.at(-1)!.content.data as Data)["text/plain"], "999");
  const ids = sent.map(({ content }) => JSON.stringify(content.transient));
  assertEquals(new Set(ids).size, 1);
  assert(sent.length < 100, `${sent.length} messages`);
});

Deno.test("a chart that cannot be drawn throws its error when the live output ends", async () => {
  const { broadcast } = record();
  const place = live(broadcast);
  place.update(() => Promise.reject(new RangeError("no chart")));
  let thrown: unknown;
  await place.end().catch((error) => thrown = error);
  assert(thrown instanceof RangeError);
});

Deno.test("a finished bar shows the amount but no remaining time", async () => {
  const { sent, broadcast } = record();
  const bar = progress({ title: "Work", total: 4, unit: "steps" }, broadcast);
  for (let i = 1; i <= 4; i++) bar.update(i, ["D 0.688"]);
  await bar.end();
  const line = (sent.at(-1)!.content.data as Data)["text/plain"];
  assertStringIncludes(line, "100% · 4/4 steps · D 0.688");
});

Deno.test("a notebook starts with the available engine and says how slow it is", async () => {
  const { sent, broadcast } = record();
  const { engine, full } = await openNotebook({
    engine: "cpu",
    provision: () => Promise.reject(new Error("not asked for")),
  }, broadcast);
  assertEquals([engine.name, full], ["cpu", false]);
  const { data, metadata } = sent.at(-1)!.content as {
    data: Data;
    metadata: unknown;
  };
  assertStringIncludes(
    data["text/markdown"],
    "about 150 times slower than native TensorFlow (3 s per training step against 0.02 s)",
  );
  assertEquals(metadata, { sudogan: { varies: true } });
});

Deno.test("the README and notebooks say the same about WebAssembly's speed", async () => {
  const readme = await Deno.readTextFile(new URL("../../../README.md", import.meta.url));
  const { wasm, native } = stepSeconds;
  const times = (wasm / native).toFixed(0);
  assertStringIncludes(slownessOf("wasm"), `about ${times} times slower`);
  assertStringIncludes(
    readme.replaceAll(/\s+/g, " "),
    `about ${times} times slower (${wasm} s per step against ${native} s)`,
  );
});

Deno.test("a notebook that is short in full mode opens in that mode, unless the environment asks for fast mode", async () => {
  const open = async () => {
    const { full } = await openNotebook({ engine: "cpu", usualMode: "full" }, record().broadcast);
    return full;
  };
  const before = Deno.env.get("NOTEBOOK_MODE");
  try {
    Deno.env.delete("NOTEBOOK_MODE");
    assertEquals(await open(), true);
    Deno.env.set("NOTEBOOK_MODE", "fast");
    assertEquals(await open(), false);
  } finally {
    if (before === undefined) Deno.env.delete("NOTEBOOK_MODE");
    else Deno.env.set("NOTEBOOK_MODE", before);
  }
});

Deno.test("the page shows how the engine is set up", async () => {
  const { sent, broadcast } = record();
  await openNotebook({
    provision: ({ onReport }) => {
      onReport?.({ step: "wait", message: "Waiting for another process" });
      onReport?.({
        step: "wheel",
        message: "Downloading",
        doneBytes: 5e6,
        totalBytes: 1e7,
      });
      return Promise.resolve({ ok: false, attempts: [], advice: "Advice." });
    },
  }, broadcast);
  const shown = JSON.stringify(sent);
  for (
    const part of [
      "Waiting for another process",
      "Downloading",
      "5.0/10.0 MB",
      "Advice.",
      "**wasm**",
    ]
  ) {
    assertStringIncludes(shown, part);
  }
});

type Data = Readonly<Record<string, string>>;

/**
 * Returns a broadcast function that records messages in `sent` instead of sending them to a page.
 */
function record(): { readonly sent: Sent[]; readonly broadcast: Broadcast } {
  const sent: Sent[] = [];
  return {
    sent,
    broadcast: (type, content) => {
      sent.push({ type, content });
      return Promise.resolve();
    },
  };
}

function pngWidth(base64: string): number {
  return new DataView(Uint8Array.fromBase64(base64).buffer).getUint32(16);
}
