import { assert, assertAlmostEquals, assertEquals, assertLess, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { latentBetween, latentOf } from "../../../lib/digits/latents.ts";
import { readDigitIndex } from "../../../lib/digits/digit_files.ts";
import { drawDigits } from "../../../lib/web/digits/draw_digits.ts";
import { fetchNetworkFiles } from "../../../lib/web/digits/networks.ts";
import { readForms } from "../../../lib/web/digits/read_digits.ts";
import { readModuleGraph } from "../../support/module_graph.ts";
import { openPageNetworks } from "../../support/page_networks.ts";

Deno.test("a page generates the same pictures as on the sheet, and reads them as the digits in the index", async () => {
  const index = await readDigitIndex();
  using page = await openPageNetworks();
  const before = tf.memory().numTensors;
  const some = [0, 30, 60, 100, 150, 200, 216].map((i) => index.pictures[i]);
  const drawn = await drawDigits(page.networks, some.map(({ latent }) => latentOf(index, latent)));
  assertEquals(drawn.map(({ length }) => length), some.map(() => 784));
  const rows = await readForms(page.networks, drawn);
  some.forEach(({ digit, probability }, i) => {
    assertEquals(rows[i].indexOf(Math.max(...rows[i])), digit);
    assertAlmostEquals(rows[i][digit], probability, 1e-3);
    assertAlmostEquals(rows[i].reduce((sum, value) => sum + value, 0), 1, 1e-5);
  });
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("a picture changes gradually on the path between two latents", async () => {
  const index = await readDigitIndex();
  using page = await openPageNetworks();
  const [from, to] = [latentOf(index, 1), latentOf(index, 2)];
  const shares = [0, 0.1, 0.2, 1];
  const [first, near, farther, last] = await drawDigits(
    page.networks,
    shares.map((share) => latentBetween(from, to, share)),
  );
  const differences = [near, farther, last].map((picture) => difference(first, picture));
  assert(0 < differences[0] && differences[0] < differences[1], `${differences}`);
  assert(differences[1] < differences[2], `${differences}`);
  assertEquals(await drawDigits(page.networks, []), []);
  assertEquals(await readForms(page.networks, []), []);
});

Deno.test("the files for a page have the promised size", async () => {
  using page = await openPageNetworks();
  const { size: generator } = await Deno.stat(`${page.folder}/generator/weights.bin`);
  const { size: classifier } = await Deno.stat(`${page.folder}/classifier/weights.bin`);
  assertLess(generator, 3_200_000);
  assertLess(classifier, 360_000);
});

Deno.test("a page fetches the files from a folder, and the error names a missing one", async () => {
  using page = await openPageNetworks();
  await using server = Deno.serve({ port: 0, onListen: () => {} }, async (request) => {
    const path = new URL(request.url).pathname.replace("/under/a/path/", "");
    const file = await Deno.readFile(`${page.folder}/${path}`).catch(() => undefined);
    return file ? new Response(file) : new Response(null, { status: 404 });
  });
  const folder = `http://127.0.0.1:${server.addr.port}/under/a/path/`;
  const files = await fetchNetworkFiles(folder);
  assertEquals(files.card.latentSize, (await readDigitIndex()).latentSize);
  assertEquals(files.classifier.weights.byteLength, 349_652);
  await Deno.remove(`${page.folder}/classifier/weights.bin`);
  await assertRejects(() => fetchNetworkFiles(folder), Error, "classifier/weights.bin");
});

Deno.test("the part that runs in the page imports neither tfjs nor Deno nor any package", async () => {
  for (const name of ["networks", "draw_digits", "read_digits"]) {
    const entry = new URL(`../../../lib/web/digits/${name}.ts`, import.meta.url);
    const graph = await readModuleGraph(entry.pathname);
    for (const path of graph.keys()) {
      const text = path.startsWith("/") ? await Deno.readTextFile(path) : "";
      // Imports of types leave nothing in the bundle.
      const packages = [...text.matchAll(/^import (?!type).*from "([^."][^"]*)"/gm)];
      assertEquals(packages.map(([, from]) => from), [], path);
    }
  }
});

function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a, (value, at) => Math.abs(value - b[at])).reduce((sum, each) => sum + each, 0);
}
