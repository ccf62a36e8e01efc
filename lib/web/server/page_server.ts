/**
 * Serves the page's built files with strict security headers. All files are kept in memory, so no
 * request can reach the disk.
 */
import { type Context, Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { gzipSync } from "node:zlib";
import type { PageFiles } from "../build/build_page.ts";
import { contentPolicyText } from "../build/content_policy.ts";

/** A function that handles requests, to be passed to `Deno.serve`. */
export type PageServer = (request: Request) => Response | Promise<Response>;

interface Sendable {
  readonly type: string;
  readonly plain: Uint8Array<ArrayBuffer>;
  readonly compressed: Uint8Array<ArrayBuffer>;
  readonly tag: string;
}

const types: Readonly<Record<string, string>> = Object.freeze({
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  webp: "image/webp",
  svg: "image/svg+xml",
  webmanifest: "application/manifest+json",
  json: "application/json",
});

/**
 * The host names that the server accepts. A hostile site can point its own host name at this
 * machine, but a request with such a name is refused.
 */
const ownHosts = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Creates a server for the given files. A request for the path `/` gets `index.html`. */
export async function createPageServer(files: PageFiles): Promise<PageServer> {
  const sendables = new Map<string, Sendable>();
  for (const [name, bytes] of files) sendables.set(`/${name}`, await prepare(name, bytes));
  sendables.set("/", sendables.get("/index.html")!);
  const app = new Hono();
  app.use(secureHeaders({ referrerPolicy: "no-referrer", xFrameOptions: "DENY" }));
  app.use(async (context, next) => {
    context.header(
      "Content-Security-Policy",
      `${contentPolicyText()}; frame-ancestors 'none'`,
    );
    if (!ownHosts.has(new URL(context.req.url).hostname)) return context.text("Not here", 421);
    return await next();
  });
  app.on(["GET", "HEAD"], "*", (context) => send(context, sendables.get(context.req.path)));
  app.all("*", (context) => context.text("Only GET and HEAD", 405, { Allow: "GET, HEAD" }));
  return (request) => app.fetch(request);
}

function send(context: Context, file: Sendable | undefined): Response {
  if (file === undefined) return context.text("Not found", 404);
  context.header("ETag", file.tag);
  context.header("Cache-Control", "no-cache");
  context.header("Vary", "Accept-Encoding");
  if (context.req.header("If-None-Match") === file.tag) return context.body(null, 304);
  context.header("Content-Type", file.type);
  const isCompressed = /\bgzip\b/.test(context.req.header("Accept-Encoding") ?? "");
  if (isCompressed) context.header("Content-Encoding", "gzip");
  return context.body(isCompressed ? file.compressed : file.plain);
}

async function prepare(name: string, bytes: Uint8Array): Promise<Sendable> {
  const plain = Uint8Array.from(bytes);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", plain));
  return {
    type: types[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream",
    plain,
    compressed: Uint8Array.from(gzipSync(plain, { level: 9 })),
    // The tag is weak, because the compressed and the uncompressed file have the same tag.
    tag: `W/"${hash.slice(0, 12).toHex()}"`,
  };
}
