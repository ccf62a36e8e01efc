/** Tests how the page's server answers requests that no browser would send. */
import { assert, assertEquals } from "@std/assert";
import { createPageServer } from "../../lib/web/server/page_server.ts";

const files = new Map(
  Object.entries({ "index.html": "<!doctype html>", "page.js": "let a;" })
    .map(([name, text]) => [name, new TextEncoder().encode(text)]),
);
const answer = await createPageServer(files);

Deno.test("every answer has strict headers", async () => {
  for (const path of ["/", "/page.js", "/nothing", "/../deno.json"]) {
    const { headers } = await ask(path);
    const policy = headers.get("content-security-policy")!;
    assert(/script-src 'self'(;|$)/.test(policy), policy);
    assert(!policy.includes("unsafe"), policy);
    assertEquals(headers.get("x-content-type-options"), "nosniff");
    assertEquals(headers.get("referrer-policy"), "no-referrer");
    assertEquals(headers.get("x-frame-options"), "DENY");
  }
});

Deno.test("no path leads to a file outside of the page", async () => {
  const paths = [
    "/../deno.json",
    "/..%2fdeno.json",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/....//deno.json",
    "/..\\deno.json",
    "//etc/passwd",
    "/page.js/",
    "/page.js%00.html",
    "/constructor",
    "/__proto__",
  ];
  for (const path of paths) assertEquals((await ask(path)).status, 404, path);
});

Deno.test("other methods, hosts and ranges are refused or ignored", async () => {
  for (const method of ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"]) {
    const response = await ask("/", { method });
    assertEquals([response.status, response.headers.get("allow")], [405, "GET, HEAD"], method);
  }
  assertEquals((await ask("/", {}, "http://evil.example")).status, 421);
  const head = await ask("/page.js", { method: "HEAD" });
  assertEquals([head.status, await head.text()], [200, ""]);
});

Deno.test("a file that the browser already has is not sent again, and files are compressed on request", async () => {
  const first = await ask("/page.js");
  assertEquals(first.headers.get("content-type"), "text/javascript; charset=utf-8");
  const tag = first.headers.get("etag")!;
  assertEquals((await ask("/page.js", { headers: { "if-none-match": tag } })).status, 304);
  const packed = await ask("/page.js", { headers: { "accept-encoding": "br, gzip" } });
  assertEquals(packed.headers.get("content-encoding"), "gzip");
  const stream = packed.body!.pipeThrough(new DecompressionStream("gzip"));
  assertEquals(await new Response(stream).text(), "let a;");
});

Deno.test("large headers and broken requests over the network do not stop the server", async () => {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, answer);
  const { port } = server.addr;
  const requests = [
    `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${"x".repeat(1_000_000)}\r\n\r\n`,
    `GET / HTTP/1.1\r\n${"A: b\r\n".repeat(10_000)}\r\n`,
    "GET / HTTP/9.9\r\n\r\n",
    "\x16\x03\x01\x02\x00\x01",
    "GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
  ];
  try {
    for (const request of requests) {
      const status = await sendRaw(port, request);
      assert(status === undefined || status >= 400, `${status}: ${request.slice(0, 40)}`);
      const response = await fetch(`http://127.0.0.1:${port}/page.js`);
      assertEquals(await response.text(), "let a;");
    }
  } finally {
    await server.shutdown();
  }
});

Deno.test("20,000 requests, a hundred at a time, are all answered", async () => {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, answer);
  const url = `http://127.0.0.1:${server.addr.port}/page.js`;
  let faults = 0;
  const askMany = async () => {
    for (let count = 0; count < 200; count++) {
      const response = await fetch(url);
      if (await response.text() !== "let a;") faults++;
    }
  };
  try {
    await Promise.all(Array.from({ length: 100 }, askMany));
  } finally {
    await server.shutdown();
  }
  assertEquals(faults, 0);
});

async function ask(path: string, init?: RequestInit, host = "http://127.0.0.1"): Promise<Response> {
  return await answer(new Request(host + path, init));
}

/**
 * Sends text to the server. Returns the status of the response, or undefined if the server closes
 * the connection without responding.
 */
async function sendRaw(port: number, text: string): Promise<number | undefined> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const bytes = new TextEncoder().encode(text);
  const buffer = new Uint8Array(4096);
  try {
    for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
    const stop = setTimeout(() => connection.close(), 2000);
    const count = await connection.read(buffer).finally(() => clearTimeout(stop));
    const head = new TextDecoder().decode(buffer.subarray(0, count ?? 0));
    return Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? NaN) || undefined;
  } catch {
    return undefined;
  }
}
