/** Locates the folder in which the project caches files that are slow to obtain. */

/**
 * Returns the project's folder in the user's cache. The cache is at XDG_CACHE_HOME if that variable
 * is set; otherwise it is in the operating system's usual place.
 */
export function userCacheFolder(): string {
  const base = Deno.env.get("XDG_CACHE_HOME") || systemCacheFolder();
  return `${base}/sudogan`;
}

function systemCacheFolder(): string {
  const home = Deno.env.get("HOME") ?? ".";
  switch (Deno.build.os) {
    case "darwin":
      return `${home}/Library/Caches`;
    case "windows":
      return Deno.env.get("LOCALAPPDATA") ?? ".";
    default:
      return `${home}/.cache`;
  }
}
