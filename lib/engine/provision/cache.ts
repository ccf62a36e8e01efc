/**
 * Where the native files are kept between checkouts: a folder in the user's cache that is complete
 * or absent.
 *
 * node_modules is thrown away often, and hundreds of megabytes are not fetched again lightly.
 */
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { writeAtomically } from "../../system/atomic_write.ts";
import { userCacheFolder } from "../../system/user_cache.ts";
import { addonVersion } from "./platform.ts";
import type { OnReport, Route } from "../../system/provision_report.ts";

const manifestSchema = z.object({
  route: z.enum(["official", "wheel"]),
  made: z.string(),
  files: z.array(z.object({ path: z.string(), bytes: z.number() })).min(1),
});

/** The files of a finished set-up. */
export interface CachedEngine {
  readonly folder: string;
  readonly route: Route;
  readonly made: string;
  /** Paths in the folder, as they belong in the package. */
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
}

/** Returns the folder of the engine's files in the user's cache. */
export function engineCacheFolder(): string {
  return `${userCacheFolder()}/engine`;
}

/**
 * The finished set-up in a cache folder, if there is one and none of its files is missing or cut
 * short.
 */
export async function findCached(
  cacheFolder: string,
): Promise<CachedEngine | undefined> {
  const folder = finishedFolder(cacheFolder);
  let text: string;
  try {
    text = await Deno.readTextFile(`${folder}/manifest.json`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  const manifest = manifestSchema.safeParse(parseJson(text));
  if (!manifest.success) return undefined;
  for (const { path, bytes } of manifest.data.files) {
    const size = await Deno.stat(`${folder}/${path}`).then(
      (info) => info.size,
      () => -1,
    );
    if (size !== bytes) return undefined;
  }
  return { folder, ...manifest.data };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * An empty folder to build a set-up in. What an interrupted attempt left is removed: call it under
 * the lock only.
 */
export async function newWorkFolder(cacheFolder: string): Promise<string> {
  const folder = `${cacheFolder}/work`;
  await removeFolder(folder);
  await Deno.mkdir(folder, { recursive: true });
  return folder;
}

/** Turns a work folder that has everything into the finished set-up. */
export async function finish(
  cacheFolder: string,
  workFolder: string,
  route: Route,
): Promise<CachedEngine> {
  const files = await listFiles(workFolder);
  const manifest = { route, made: new Date().toISOString(), files };
  await writeAtomically(
    `${workFolder}/manifest.json`,
    JSON.stringify(manifest, null, 2),
  );
  await forgetCached(cacheFolder);
  await Deno.rename(workFolder, finishedFolder(cacheFolder));
  return { folder: finishedFolder(cacheFolder), ...manifest };
}

export async function forgetCached(cacheFolder: string): Promise<void> {
  await removeFolder(finishedFolder(cacheFolder));
}

export interface LockOptions {
  readonly cacheFolder: string;
  readonly onReport: OnReport;
  readonly signal?: AbortSignal | undefined;
}

const LOCK_POLL_MS = 200;

/**
 * Runs `body` while no other process runs one for the same cache folder. The system gives a dead
 * process's lock away.
 */
export async function underLock<T>(
  { cacheFolder, onReport, signal }: LockOptions,
  body: () => Promise<T>,
): Promise<T> {
  await Deno.mkdir(cacheFolder, { recursive: true });
  using file = await Deno.open(`${cacheFolder}/lock`, {
    write: true,
    create: true,
  });
  let reported = false;
  // Asked for again and again: waiting inside the system could not be interrupted.
  while (!await file.tryLock(true)) {
    if (!reported) {
      onReport({
        step: "wait",
        message: "Another process is setting the engine up; waiting for it",
      });
    }
    reported = true;
    signal?.throwIfAborted();
    await wait(LOCK_POLL_MS);
  }
  return await body();
}

function finishedFolder(cacheFolder: string): string {
  return `${cacheFolder}/tfjs-node-${addonVersion}-${Deno.build.os}-${Deno.build.arch}`;
}

async function listFiles(
  folder: string,
  below = "",
): Promise<{ path: string; bytes: number }[]> {
  const files: { path: string; bytes: number }[] = [];
  for await (
    const { name, isDirectory } of Deno.readDir(`${folder}/${below}`)
  ) {
    const path = `${below}${name}`;
    if (isDirectory) files.push(...await listFiles(folder, `${path}/`));
    else {files.push({
        path,
        bytes: (await Deno.stat(`${folder}/${path}`)).size,
      });}
  }
  return files.sort((a, b) => a.path < b.path ? -1 : 1);
}

async function removeFolder(folder: string): Promise<void> {
  try {
    await Deno.remove(folder, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
