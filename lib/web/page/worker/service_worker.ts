/// <reference lib="webworker" />
/**
 * Keeps the page for the time without a network.
 *
 * Every version has a cache of its own, filled whole before it serves anything, so that files of
 * two versions never meet in one page.
 */
declare const self: ServiceWorkerGlobalScope & {
  /** Written in front of this script when the page is built. */
  readonly sudoganFiles: { readonly version: string; readonly names: readonly string[] };
};

const { version, names } = self.sudoganFiles;
/** Files that are kept once they were asked for. */
const laterNames = /\/(models\.js|networks\.js|sheet\.png)$/;
const cacheName = `sudogan ${version}`;

self.addEventListener("install", (event) => {
  event.waitUntil(keepFiles());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldFiles());
});

self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(answer(event.request));
});

async function keepFiles(): Promise<void> {
  const cache = await caches.open(cacheName);
  // Past the browser's own cache, which may still hold files of the version before.
  await cache.addAll(names.map((name) => new Request(name, { cache: "reload" })));
  await self.skipWaiting();
}

async function dropOldFiles(): Promise<void> {
  const old = (await caches.keys()).filter((name) =>
    name.startsWith("sudogan ") && name !== cacheName
  );
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  const wanted = request.mode === "navigate" ? "index.html" : request;
  const kept = await cache.match(wanted, { ignoreSearch: true });
  if (kept !== undefined) return kept;
  const response = await fetch(request);
  if (response.ok && laterNames.test(request.url)) await cache.put(request, response.clone());
  return response;
}
