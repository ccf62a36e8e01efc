import { assertEquals, assertMatch } from "@std/assert";
import { createRequire } from "node:module";
import { addonVersion, officialFiles, wheelFor } from "../../../lib/engine/provision/platform.ts";

const require = createRequire(import.meta.url);

Deno.test("the official addresses are those in the installed tfjs-node's own script", () => {
  // The package.json of tfjs-node contains the address of its addon. Its install scripts contain
  // the version of TensorFlow's library.
  const { version, binary } = require("@tensorflow/tfjs-node/package.json");
  const { LIBTENSORFLOW_VERSION } = require(
    "@tensorflow/tfjs-node/scripts/deps-constants.js",
  );
  assertEquals(addonVersion, version);
  const files = officialFiles({ os: "linux", arch: "x86_64" })!;
  const folder = binary.remote_path.replace("./", "/")
    .replace("{napi_build_version}", "8").replace("{version}", version);
  assertEquals(
    files.addon!.url,
    `${binary.host}${folder}CPU-linux-${version}.tar.gz`,
  );
  assertMatch(
    files.library.url,
    new RegExp(
      `/libtensorflow-cpu-linux-x86_64-${LIBTENSORFLOW_VERSION}\\.tar\\.gz$`,
    ),
  );
});

Deno.test("a mirror replaces the storage's address, with or without a slash at its end", () => {
  for (const mirror of ["http://127.0.0.1:1/m", "http://127.0.0.1:1/m/"]) {
    const files = officialFiles({ os: "darwin", arch: "x86_64" }, mirror)!;
    assertMatch(files.library.url, /^http:\/\/127\.0\.0\.1:1\/m\/tensorflow\//);
    assertMatch(files.addon!.url, /^http:\/\/127\.0\.0\.1:1\/m\/tf-builds\//);
  }
});

Deno.test("each platform has files with complete hashes, or none", () => {
  for (const os of ["linux", "darwin", "windows"] as const) {
    for (const arch of ["x86_64", "aarch64"] as const) {
      const files = officialFiles({ os, arch });
      assertEquals(files === undefined, os === "windows", `${os} ${arch}`);
      if (files) assertMatch(files.library.sha256, /^[0-9a-f]{64}$/);
    }
  }
});

Deno.test("TensorFlow's wheel is used only on Linux on x86_64", () => {
  assertMatch(
    wheelFor({ os: "linux", arch: "x86_64" })!.sha256,
    /^[0-9a-f]{64}$/,
  );
  assertEquals(wheelFor({ os: "linux", arch: "aarch64" }), undefined);
  assertEquals(wheelFor({ os: "darwin", arch: "aarch64" }), undefined);
});
