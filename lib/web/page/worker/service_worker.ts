/// <reference lib="webworker" />
/**
 * Caches the page's files so that the page can be used offline. Each version of the page
 * has a separate cache, which is filled completely before that version is used. The page therefore
 * never mixes files of two versions.
 */
declare const self: ServiceWorkerGlobalScope & {
  /** A global variable. The build defines this variable at the start of this script. */
  readonly sudoganFiles: { readonly version: string; readonly names: readonly string[] };
};

const { version, names } = self.sudoganFiles;
/**
 * Matches the files that are not cached in advance. Such a file is cached when it is first
 * requested.
 */
const laterNames = /\/(models\.js|networks\.js|notebooks\/[\w.-]+)$/;
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
  // This bypasses the browser's own cache, which may still have files of the previous version.
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
  const wanted = isHome(request) ? "index.html" : request;
  const kept = await cache.match(wanted, { ignoreSearch: true });
  if (kept !== undefined) return kept;
  const response = await fetch(request);
  if (response.ok && laterNames.test(request.url)) await cache.put(request, response.clone());
  return response;
}

/** Returns whether a request opens the game, whose address may have a query. */
function isHome({ mode, url }: Request): boolean {
  return mode === "navigate" && new URL(url).pathname === new URL(self.registration.scope).pathname;
}
