import { assertEquals } from "@std/assert";
import { interfaceOf } from "../../lib/native/library.ts";

Deno.test("the file with TensorFlow's C interface is found under every system's name", () => {
  // The names in tfjs-node's download for Linux, macOS and Windows, and in Python's package.
  const cases: readonly (readonly [expected: string | undefined, files: readonly string[]])[] = [
    ["/lib/libtensorflow.so.2.9.1", [
      "/lib/libtensorflow.so.2.9.1",
      "/lib/libtensorflow_framework.so.2.9.1",
    ]],
    ["/lib/libtensorflow.2.9.1.dylib", [
      "/lib/libtensorflow.2.9.1.dylib",
      "/lib/libtensorflow_framework.2.9.1.dylib",
    ]],
    ["/lib/tensorflow.dll", ["/lib/tensorflow.dll"]],
    ["/my frameworks/libtensorflow_cc.so.2", [
      "/my frameworks/libtensorflow_cc.so.2",
      "/my frameworks/libtensorflow_framework.so.2",
    ]],
    [undefined, []],
  ];
  for (const [expected, files] of cases) assertEquals(interfaceOf(files), expected);
});
