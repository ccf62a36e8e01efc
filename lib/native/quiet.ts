/**
 * Hides TensorFlow's log. Even if TF_CPP_MIN_LOG_LEVEL hides all messages, a few lines still
 * appear, such as "MLIR V1 optimization pass is not enabled". TensorFlow writes these lines
 * directly to standard error.
 */

const libraries: Readonly<Partial<Record<typeof Deno.build.os, string>>> = {
  linux: "libc.so.6",
  darwin: "libSystem.B.dylib",
};

const STDERR = 2;
const O_WRONLY = 1;

/**
 * Calls a function, and redirects standard error to /dev/null during the call. If the user wants to
 * see TensorFlow's log, then nothing is redirected.
 */
export function withoutLog<T>(call: () => T): T {
  const name = libraries[Deno.build.os];
  if (name === undefined || Deno.env.get("TF_CPP_MIN_LOG_LEVEL") !== "3") {
    return call();
  }
  const libc = Deno.dlopen(name, {
    open: { parameters: ["buffer", "i32"], result: "i32" },
    dup: { parameters: ["i32"], result: "i32" },
    dup2: { parameters: ["i32", "i32"], result: "i32" },
    close: { parameters: ["i32"], result: "i32" },
  });
  const { open, dup, dup2, close } = libc.symbols;
  const nowhere = open(new TextEncoder().encode("/dev/null\0"), O_WRONLY);
  const stderr = dup(STDERR);
  dup2(nowhere, STDERR);
  try {
    return call();
  } finally {
    dup2(stderr, STDERR);
    close(stderr);
    close(nowhere);
    libc.close();
  }
}
