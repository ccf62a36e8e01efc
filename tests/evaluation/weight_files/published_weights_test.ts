import { assertEquals, assertInstanceOf, assertRejects, assertStringIncludes } from "@std/assert";
import { createHash } from "node:crypto";
import { openExtractor } from "../../../lib/evaluation/extractors/open_extractor.ts";
import {
  fidInceptionFile,
  kerasInceptionFile,
  type PublishedFile,
  publishedWeights,
} from "../../../lib/evaluation/weight_files/published_weights.ts";
import { WeightFileError } from "../../../lib/evaluation/weight_files/weight_file_error.ts";
import { RouteError } from "../../../lib/system/provision_report.ts";
import { withEnvironment } from "../../support/environment.ts";
import { closedAddress, serveHttp } from "../../support/local_server.ts";

const content = new TextEncoder().encode("weights ".repeat(1000));
const md5 = createHash("md5").update(content);
const headers = { "x-goog-hash": `md5=${md5.copy().digest("base64")}` };

const byMd5: Omit<PublishedFile, "url"> = {
  file: "weights.h5",
  hash: "md5",
  digest: md5.copy().digest("hex"),
};
const bySha256: Omit<PublishedFile, "url"> = {
  file: "weights.pth",
  hash: "sha256",
  digest: createHash("sha256").update(content).digest("hex"),
};

for (const file of [byMd5, bySha256]) {
  Deno.test(`a file with a known ${file.hash} is downloaded once, checked and kept`, async () => {
    await using folder = await newFolder();
    await using server = serveHttp(() => new Response(content, { headers }));
    const published = { ...file, url: `${server.url}${file.file}` };
    const done: (number | undefined)[] = [];
    for (const _ of [1, 2]) {
      const path = await publishedWeights(published, {
        folder: folder.path,
        onReport: ({ doneBytes }) => done.push(doneBytes),
      });
      assertEquals(path, `${folder.path}/${file.file}`);
      assertEquals(await Deno.readFile(path), content);
    }
    assertEquals(server.requests, [file.file]);
    assertEquals(done.at(-1), content.length);
    assertEquals(folder.names(), [file.file]);
  });

  Deno.test(`a download that doesn't match its ${file.hash} is refused and not kept`, async () => {
    await using folder = await newFolder();
    const other = content.slice(1);
    const stated = createHash("md5").update(other).digest("base64");
    await using server = serveHttp(() =>
      new Response(other, { headers: { "x-goog-hash": `md5=${stated}` } })
    );
    await assertRejects(
      () => publishedWeights({ ...file, url: server.url }, { folder: folder.path }),
      WeightFileError,
      file.digest,
    );
    assertEquals(folder.names(), []);
  });
}

Deno.test("a file with a known SHA-256 is accepted from a server that states no hash, and different bytes are refused", async () => {
  await using folder = await newFolder();
  await using server = serveHttp((path) => new Response(path === "good" ? content : "other"));
  const nested = `${folder.path}/not/yet/there`;
  const messages = new Set<string>();
  const options = {
    folder: nested,
    onReport: ({ message }: { readonly message: string }) => messages.add(message),
  };
  const error = await assertRejects(
    () => publishedWeights({ ...bySha256, url: `${server.url}bad` }, options),
    WeightFileError,
    `Downloading weights: ${server.url}bad: wanted the hash ${bySha256.digest}, found `,
  );
  assertInstanceOf(error.cause, RouteError);
  await publishedWeights({ ...bySha256, url: `${server.url}good` }, options);
  assertEquals(await Deno.readFile(`${nested}/weights.pth`), content);
  assertEquals(messages, new Set(["Downloading weights.pth"]));
});

Deno.test("bytes that match their server's hash but not that of Keras are refused, and the error names the address", async () => {
  await using folder = await newFolder();
  const stated = createHash("md5").update("other").digest("base64");
  await using server = serveHttp(() =>
    new Response("other", { headers: { "x-goog-hash": `md5=${stated}` } })
  );
  const error = await assertRejects(
    () => publishedWeights({ ...byMd5, url: server.url }, { folder: folder.path }),
    WeightFileError,
    `wanted the file with MD5 ${byMd5.digest}, found ` +
      `${createHash("md5").update("other").digest("hex")}`,
  );
  assertStringIncludes(error.message, `It came from ${server.url}.`);
});

Deno.test("a stopped download rejects with the reason for stopping", async () => {
  await using folder = await newFolder();
  await using server = serveHttp(() => new Response(content));
  const reason = new Error("enough");
  const error = await assertRejects(() =>
    publishedWeights({ ...bySha256, url: server.url }, {
      folder: folder.path,
      signal: AbortSignal.abort(reason),
    })
  );
  assertEquals(error, reason);
  assertEquals(folder.names(), []);
});

Deno.test("weights are kept in the user's cache unless a different folder is named", async () => {
  await using folder = await newFolder();
  await using server = serveHttp(() => new Response(content));
  const path = await withEnvironment(
    { XDG_CACHE_HOME: folder.path },
    () => publishedWeights({ ...bySha256, url: server.url }),
  );
  assertEquals(path, `${folder.path}/sudogan/weights/weights.pth`);
  assertEquals(await Deno.readFile(path), content);
});

Deno.test("without a network, the error says where to save the file", async () => {
  await using folder = await newFolder();
  const url = `${closedAddress()}weights.pth`;
  const error = await assertRejects(
    () => publishedWeights({ ...bySha256, url }, { folder: folder.path }),
    WeightFileError,
  );
  assertStringIncludes(error.message, `download ${url} elsewhere`);
  assertStringIncludes(error.message, `save it as ${folder.path}/weights.pth`);
  await Deno.writeFile(`${folder.path}/weights.pth`, content);
  assertEquals(
    await publishedWeights({ ...bySha256, url }, { folder: folder.path }),
    `${folder.path}/weights.pth`,
  );
});

Deno.test("a different file with the name of published weights is not used", async () => {
  await using folder = await newFolder();
  const path = `${folder.path}/${fidInceptionFile.file}`;
  await Deno.writeFile(path, content);
  const error = await assertRejects(
    () => openExtractor("fid-inception", { published: { folder: folder.path } }),
    WeightFileError,
    `${path}: wanted the file with SHA256 6726825d`,
  );
  assertStringIncludes(error.message, "Remove it");
});

Deno.test("the published files and checksums are those of keras.applications and pytorch-fid", () => {
  // From WEIGHTS_PATH_NO_TOP and its file_hash in Keras' inception_v3.py, and from FID_WEIGHTS_URL
  // in pytorch-fid's inception.py.
  const keras = "inception_v3_weights_tf_dim_ordering_tf_kernels_notop.h5";
  assertEquals(kerasInceptionFile, {
    file: keras,
    url: `https://storage.googleapis.com/tensorflow/keras-applications/inception_v3/${keras}`,
    hash: "md5",
    digest: "bcbd6486424b2319ff4ef7d526e38f63",
  });
  const { file, url, hash, digest } = fidInceptionFile;
  assertEquals(
    url,
    `https://github.com/mseitzer/pytorch-fid/releases/download/fid_weights/${file}`,
  );
  // The file name contains the first digits of the checksum.
  assertEquals([hash, file], [
    "sha256",
    `pt_inception-2015-12-05-${digest.slice(0, 8)}.pth`,
  ]);
});

async function newFolder() {
  const path = await Deno.makeTempDir({ prefix: "sudogan_weights_" });
  return {
    path,
    names: () => Array.from(Deno.readDirSync(path), ({ name }) => name),
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}
