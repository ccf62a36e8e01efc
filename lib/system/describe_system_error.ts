/**
 * Describes errors of the operating system. Each description names the file, the problem and a
 * remedy.
 *
 * In errors from Deno, the path is part of the message, as in
 * `No space left on device (os error 28): writefile 'data/runs/1/config.json'`. In errors from
 * Node, the path is a property of the error.
 */

const doing: Readonly<Record<string, string>> = {
  mkdir: "Making",
  open: "Opening",
  readdir: "Reading",
  readfile: "Reading",
  remove: "Removing",
  rename: "Renaming",
  write: "Writing",
  writefile: "Writing",
};

/** The problem and a remedy for each error code. */
const problems: Readonly<Record<string, readonly [string, string]>> = {
  ENOSPC: [
    "the disk is full",
    "Free some space, then run the command again; --resume continues a run.",
  ],
  EDQUOT: [
    "your disk quota is used up",
    "Free some space, then run the command again; --resume continues a run.",
  ],
  EACCES: [
    "permission is denied",
    "Change the file's permissions, or choose another path.",
  ],
  EPERM: [
    "the system does not permit it",
    "Change the file's permissions, or choose another path.",
  ],
  EROFS: ["the file system is read-only", "Choose a path on another file system."],
  ENOENT: ["there is no such file or folder", "Check the path."],
  ENOTDIR: [
    "part of the path is a file, not a folder",
    "Choose another path, or move that file.",
  ],
  EISDIR: ["it is a folder, not a file", "Give the path of a file."],
  EEXIST: ["it exists already", "Choose another path, or move it."],
  ENAMETOOLONG: ["the name is too long", "Choose a shorter one."],
  EMFILE: [
    "too many files are open",
    "Raise the limit (ulimit -n), then run the command again.",
  ],
  EIO: ["the disk reports an error", "Check the disk."],
};

/**
 * Describes a system error and its remedy. Returns undefined if the error is not a system error.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const error = Object.assign(new Error("Is a directory (os error 21): readfile 'data'"), { code: "EISDIR" });
 * assertEquals(
 *   describeSystemError(error),
 *   "Reading data: it is a folder, not a file. Give the path of a file.",
 * );
 * assertEquals(describeSystemError(new TypeError("x is undefined")), undefined);
 * ```
 */
export function describeSystemError(error: unknown): string | undefined {
  const code = codeOf(error);
  if (code === undefined) return undefined;
  const { message, path } = error as Error & { path?: unknown };
  const [, what, operation, named] = /^(.*?): (\w+) '([^']*)'/s.exec(message) ??
    [undefined, message];
  const [problem, remedy] = problems[code] ??
    [`the system refused (${code}: ${what})`, "Look up this error."];
  const subject = named ?? (typeof path === "string" ? path : undefined);
  const start = subject === undefined
    ? "Working with files"
    : `${doing[operation ?? ""] ?? "Opening"} ${subject}`;
  return `${start}: ${problem}. ${remedy}`;
}

/**
 * Returns the code of a system error, such as ENOSPC, or undefined for any other error. Other
 * errors can have a code, too: the codes that Node itself defines contain an underscore, and the
 * code of a DOMException is a number.
 */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  const { code } = error;
  return typeof code === "string" && /^E[A-Z0-9]+$/.test(code) ? code : undefined;
}
