/** Locates the user's cache, for files that are slow to obtain. */

/** Returns this project's folder in XDG_CACHE_HOME, or else in the system's cache. */
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
