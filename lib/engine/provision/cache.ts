/**
 * Keeps the native engine's files in the user's cache, so that they remain when node_modules is
 * deleted.
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

/** A complete installation in the cache. */
export interface CachedEngine {
  readonly folder: string;
  readonly route: Route;
  readonly made: string;
  /**
   * The files of the installation. Each path is relative to `folder`, and is the same as in the
   * package tfjs-node.
   */
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
}

/** Returns the path of the native engine's folder in the user's cache. */
export function engineCacheFolder(): string {
  return `${userCacheFolder()}/engine`;
}

/**
 * Returns the complete installation in a cache, or undefined if a file is missing or has the wrong
 * size.
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
 * Creates an empty folder, in which an installation is then prepared. Call this function only
 * inside {@linkcode underLock}.
 */
export async function newWorkFolder(cacheFolder: string): Promise<string> {
  const folder = `${cacheFolder}/work`;
  await removeFolder(folder);
  await Deno.mkdir(folder, { recursive: true });
  return folder;
}

/**
 * Completes an installation. Writes a list of the work folder's files into the work folder, and
 * then replaces the previous installation with this folder.
 */
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
 * Runs `body` while this process holds a lock, so that no other process runs it at the same time.
 * If the process dies, then the operating system releases the lock.
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
  // The loop tries repeatedly to get the lock, because a call that waits for the lock could not be
  // aborted.
  while (!await file.tryLock(true)) {
    if (!reported) {
      onReport({
        step: "wait",
        message: "Another process is installing the engine; waiting for it",
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
