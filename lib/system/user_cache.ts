/** Locates the user's cache. Files that are slow to obtain are kept there, outside the checkout. */

/**
 * Returns the path to this project's folder in the user's cache. The folder is in XDG_CACHE_HOME if
 * that variable is set; otherwise, it is in the place that is usual on the system.
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
