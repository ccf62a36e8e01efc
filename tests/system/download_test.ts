import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { createHash } from "node:crypto";
import { download, type DownloadOptions } from "../../lib/system/download.ts";
import { type ProvisionReport, RouteError } from "../../lib/system/provision_report.ts";
import { closedAddress, type LocalServer, serveBytes, serveHttp } from "../support/local_server.ts";

const content = new TextEncoder().encode("TensorFlow ".repeat(1000));
const sha256 = createHash("sha256").update(content).digest("hex");
const md5 = createHash("md5").update(content).digest("base64");

Deno.test("a file arrives whole, and the reports end at its size", async () => {
  await using server = serveHttp(() =>
    new Response(content, { headers: { "content-length": "11000" } })
  );
  const { bytes, reports } = await fetchFrom(server.url, { sha256 });
  assertEquals(bytes, content);
  assertEquals(reports.at(-1), {
    step: "official",
    message: "a test",
    doneBytes: 11000,
    totalBytes: 11000,
  });
});

Deno.test("without a hash of our own, the MD5 that Google's storage states is checked", async () => {
  const headers = { "x-goog-hash": `crc32c=AAAAAA==,md5=${md5}` };
  await using server = serveHttp(() => new Response(content, { headers }));
  assertEquals((await fetchFrom(server.url)).bytes, content);
});

const head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n";

const failures: {
  readonly name: string;
  readonly server: () => LocalServer;
  readonly options?: Partial<DownloadOptions>;
  readonly found: string;
}[] = [
  {
    name: "a server that answers nothing",
    server: () => serveBytes("", "hold"),
    options: { sha256, timeouts: { answer: 50, stall: 60_000 } },
    found: "wanted an answer within 0.05 s, found none",
  },
  {
    name: "a server that falls silent in the middle",
    server: () => serveBytes(`${head}0123456789`, "hold"),
    options: { sha256, timeouts: { answer: 60_000, stall: 50 } },
    found: "wanted more bytes within 0.05 s, found none",
  },
  {
    name: "a download that ends early",
    server: () => serveBytes(`${head}0123456789`, "close"),
    options: { sha256 },
    found: "wanted 100 bytes, found 10: the download ended early",
  },
  {
    name: "a connection that ends before the answer",
    server: () => serveBytes("", "close"),
    options: { sha256 },
    found: "connection closed before message completed",
  },
  {
    name: "a file that the server does not have",
    server: () => serveHttp(() => new Response("none", { status: 404 })),
    options: { sha256 },
    found: "wanted the file, found HTTP status 404",
  },
  {
    name: "other bytes than the pinned hash says",
    server: () => serveHttp(() => new Response(content.slice(1))),
    options: { sha256 },
    found: `wanted the hash ${sha256}, found`,
  },
  {
    name: "other bytes than the server's own hash says",
    server: () =>
      serveHttp(() =>
        new Response(content.slice(1), {
          headers: { "x-goog-hash": `md5=${md5}` },
        })
      ),
    found: "not the right file",
  },
  {
    name: "a file that no hash is known of",
    server: () =>
      serveHttp(() => new Response(content, { headers: { "x-goog-hash": "crc32c=AAAAAA==" } })),
    found: "wanted a hash to check the file, found none",
  },
];

for (const { name, server, options, found } of failures) {
  Deno.test(`${name} is an error that says so and names the address`, async () => {
    await using running = server();
    const error = await assertRejects(
      () => fetchFrom(running.url, options),
      RouteError,
    );
    assertStringIncludes(error.message, `${running.url}: `);
    assertStringIncludes(error.message, found);
  });
}

Deno.test("a port that refuses is an error that says so and names the address once", async () => {
  const url = closedAddress();
  const error = await assertRejects(() => fetchFrom(url), RouteError);
  assertStringIncludes(error.message, "Connection refused");
  assertEquals(error.message.split(url).length, 2);
});

Deno.test("an abort in the middle ends the download with the caller's reason", async () => {
  await using server = serveBytes(`${head}0123456789`, "hold");
  const controller = new AbortController();
  await assertRejects(
    () =>
      fetchFrom(server.url, {
        sha256,
        signal: controller.signal,
        onReport: () => controller.abort(new Error("enough")),
      }),
    Error,
    "enough",
  );
});

Deno.test("a signal that was aborted before asks no server", async () => {
  await using server = serveHttp(() => new Response(content));
  await assertRejects(
    () => fetchFrom(server.url, { signal: AbortSignal.abort(new Error("early")) }),
    Error,
    "early",
  );
  assertEquals(server.requests, []);
});

async function fetchFrom(
  url: string,
  options: Partial<DownloadOptions> = {},
): Promise<{ bytes: Uint8Array; reports: ProvisionReport[] }> {
  const path = await Deno.makeTempFile({ prefix: "sudogan_download_" });
  const reports: ProvisionReport[] = [];
  try {
    await download({
      url,
      path,
      title: "a test",
      timeouts: { answer: 60_000, stall: 60_000 },
      onReport: (report) => reports.push(report),
      ...options,
    });
    return { bytes: await Deno.readFile(path), reports };
  } finally {
    await Deno.remove(path);
  }
}
